// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hostler.itests.blackbox.Stalls;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerReason.Code;
import org.hostler.worker.stat.WorkerState;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.FrameworkWiring;

/** Bundles that are loaded on demand, stopped, started again and refreshed. */
public class BundleInsideFelix extends WorkersFixture {
  private Bundle bundle(String symbolicName) {
    return Stream.of(context.getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow();
  }

  /** One whose library is not installed before it is first asked for: it is loaded on demand. */
  private static BackgroundWorker.Builder installer() {
    return BackgroundWorker.builder("installs")
        .library("test.installing")
        .function("install")
        .restart(RestartPolicy.never());
  }

  @Test
  public void aStoppedBundleStaysStoppedAndItsWorkersComeBackWithIt_X17_G6() throws Exception {
    BackgroundWorkerHandle handle = register(installer().build());
    handle.awaitStartup(SOON);
    int life = handle.id().incarnation();
    Bundle bundle = bundle("test.installing");
    bundle.stop();
    assertThat(handle.stat().orElseThrow().state()).isEqualTo(WorkerState.PARKED);
    assertThat(handle.stat().orElseThrow().reason().orElseThrow().code())
        .isEqualTo(Code.BUNDLE_STOPPED);
    handle.restart(); // tries, finds that somebody stopped the bundle, and leaves it so
    awaitTrue(() -> stats.explain(handle.id()).orElseThrow().why().contains("stopped"));
    assertThat(bundle.getState()).isEqualTo(Bundle.RESOLVED);
    bundle.start();
    awaitTrue(() -> handle.status() == HandleStatus.STARTED);
    assertThat(handle.id().incarnation()).isEqualTo(life + 1);
  }

  @Test
  public void aWorkerThatInstallsWhileItsBundleIsRefreshedHoldsItUpUntilItsDeadlineOnly_S8()
      throws Exception {
    BackgroundWorkerHandle other =
        register(installer().library("hostler").function("sleep").build());
    BackgroundWorkerHandle handle = register(installer().build());
    assertThat(handle.awaitStartup(SOON)).isEqualTo(HandleStatus.STARTED);
    CountDownLatch refreshed = new CountDownLatch(1);
    try (Stalls stalls = Stalls.measured()) {
      long begin = System.nanoTime();
      context
          .getBundle(0)
          .adapt(FrameworkWiring.class)
          .refreshBundles(Set.of(bundle("test.installing")), event -> refreshed.countDown());
      assertThat(refreshed.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      assertThat(took.minus(stalls.soFar())).isLessThan(Duration.ofMillis(3_500));
    }
    await(handle, Kind.PARKED);
    awaitTrue(() -> handle.status() == HandleStatus.STARTED && handle.id().incarnation() == 2);
    assertThat(other.id().incarnation()).isEqualTo(1);
  }
}
