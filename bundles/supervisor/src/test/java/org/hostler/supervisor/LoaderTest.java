// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hostler.supervisor.LoadOutcome.Loaded;
import org.hostler.supervisor.LoadOutcome.NotLoaded;
import org.hostler.supervisor.TestActivators.Failing;
import org.hostler.supervisor.TestActivators.Hanging;
import org.hostler.supervisor.TestActivators.Journaling;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerReason.Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class LoaderTest {
  @TempDir Path directory;
  private final LoaderThread thread = new LoaderThread();
  private final BlockingQueue<LoadOutcome> outcomes = new ArrayBlockingQueue<>(100);
  private TestFramework felix;
  private final ActiveOnce activeOnce = new ActiveOnce();
  private Libraries libraries;
  private Loader loader;
  private Path extensions;

  @BeforeEach
  void open() throws Exception {
    extensions = Files.createDirectories(directory.resolve("extensions"));
    felix = new TestFramework(directory).started();
    BundleStore store = BundleStore.open(directory.resolve("run/store"));
    Installer installer = new Installer(felix.context(), store, thread);
    LibraryPath path = new LibraryPath(List.of("extensions"), directory, directory);
    activeOnce.open(felix.context());
    libraries = new Libraries(felix.context(), path, installer);
    loader = waiting(Duration.ofSeconds(60));
  }

  /** Returns a loader that gives an activator so much time. */
  private Loader waiting(Duration timeout) {
    Structure structure = new Structure(felix.context());
    return new Loader(felix.context(), thread, libraries, activeOnce, structure, timeout);
  }

  @AfterEach
  void close() throws Exception {
    thread.close();
    felix.close();
  }

  private Path extension(String file, TestJar jar) {
    return jar.writeTo(extensions.resolve(file));
  }

  private static TestJar jar(String name, String version) {
    return TestJar.bundle(name, version).activator(Journaling.class);
  }

  private LoadOutcome load(String library) throws InterruptedException {
    loader.load(library, outcomes::add);
    return outcome();
  }

  private LoadOutcome outcome() throws InterruptedException {
    LoadOutcome outcome = outcomes.poll(20, TimeUnit.SECONDS);
    assertThat(outcome).as("the loader has answered").isNotNull();
    return outcome;
  }

  private WorkerReason notLoaded(String library) throws InterruptedException {
    assertThat(load(library)).isInstanceOf(NotLoaded.class);
    loader.load(library, outcomes::add);
    return ((NotLoaded) outcome()).reason();
  }

  @Test
  void aLibraryOnThePathIsInstalledAndStarted_S8() throws Exception {
    extension("x1.jar", jar("x", "1.0"));
    extension("x2.jar", jar("x", "1.5"));
    extension("x3.jar", jar("x", "2.0"));
    LoadOutcome outcome = load("x@1..2");
    assertThat(felix.next()).isEqualTo("started x 1.5.0");
    assertThat(((Loaded) outcome).bundle()).isSameAs(felix.bundle("x"));
    assertThat(load("x")).isEqualTo(outcome);
    assertThat(felix.rest()).isEmpty();
  }

  @Test
  void anInstalledBundleThatNeverRanIsStarted_S8() throws Exception {
    Path file = jar("x", "1.0").writeTo(directory.resolve("elsewhere.jar"));
    Bundle bundle = felix.context().installBundle(file.toUri().toString());
    assertThat(load("x")).isEqualTo(new Loaded(bundle));
    assertThat(felix.next()).isEqualTo("started x 1.0.0");
  }

  @Test
  void aBundleThatSomebodyStoppedIsNotStarted_S8() throws Exception {
    extension("x.jar", jar("x", "1.0"));
    load("x");
    felix.bundle("x").stop();
    WorkerReason reason = notLoaded("x");
    assertThat(reason.code()).isEqualTo(Code.BUNDLE_STOPPED);
    assertThat(reason.words()).startsWith("bundle \"x\" (1) was stopped");
    assertThat(felix.bundle("x").getState()).isEqualTo(Bundle.RESOLVED);
    felix.bundle("x").start();
    assertThat(load("x")).isInstanceOf(Loaded.class);
  }

  @Test
  void severalCallsShareOneLoad() throws Exception {
    extension("x.jar", jar("x", "1.0"));
    for (int i = 0; i < 50; i++) {
      loader.load("x", outcomes::add);
    }
    for (int i = 0; i < 50; i++) {
      assertThat(outcome()).isInstanceOf(Loaded.class);
    }
    assertThat(felix.next()).isEqualTo("started x 1.0.0");
    assertThat(felix.rest()).isEmpty();
    assertThat(outcomes).isEmpty();
  }

  @Test
  void whoAsksAfterItsBundleIsGoneDoesNotShareTheLoadThatIsStillToBeTold_S8() throws Exception {
    extension("x.jar", TestJar.bundle("x", "1.0").activator(Hanging.class));
    loader.load("x", outcomes::add);
    TestFramework.await(
        "x starts", () -> felix.has("x") && felix.bundle("x").getState() == Bundle.STARTING);
    Bundle old = felix.bundle("x");
    CountDownLatch tell = new CountDownLatch(1);
    thread.run(() -> Uninterruptibly.await(tell));
    felix.release();
    TestFramework.await("x is active", () -> old.getState() == Bundle.ACTIVE);
    old.uninstall();
    loader.uninstalled(old);
    loader.load("x", outcomes::add);
    tell.countDown();
    List<LoadOutcome> both = List.of(outcome(), outcome()); // whichever is told first
    assertThat(both).containsExactlyInAnyOrder(new Loaded(old), new Loaded(felix.bundle("x")));
    assertThat(felix.bundle("x").getState()).isEqualTo(Bundle.ACTIVE);
  }

  @Test
  void aMissingLibraryIsNamedWithWhatIsNear_S8() throws Exception {
    extension("x.jar", jar("org.acme.jobs", "1.0"));
    WorkerReason reason = notLoaded("org.acme.jbos");
    assertThat(reason.code()).isEqualTo(Code.BUNDLE_MISSING);
    assertThat(reason.words())
        .isEqualTo(
            "library \"org.acme.jbos\": no such library is installed or on dynamic_library_path:"
                + " the path is extensions. Did you mean \"org.acme.jobs\"?");
    assertThat(notLoaded("org.acme.jobs@2").words())
        .contains("no version of it is in the range 2.0.0: there is 1.0.0");
    assertThat(notLoaded("no such name").words()).contains("not the name of a library");
  }

  @Test
  void aCorruptJarThatWasAskedForIsNamed_F20() throws Exception {
    Path file = Files.writeString(extensions.resolve("x-1.0.jar"), "no jar");
    assertThat(notLoaded("x").words()).contains("its file is not a jar").contains(file.toString());
  }

  @Test
  void whatCannotBeResolvedSaysWhatIsMissingAndIsTriedAfresh_S8_F28() throws Exception {
    extension("x.jar", jar("x", "1.0").imports("org.osgi.framework,p;version=\"[1,2)\""));
    Path q = TestJar.bundle("q", "1").exports("p", "2.1").writeTo(directory.resolve("q.jar"));
    felix.context().installBundle(q.toUri().toString());
    assertThat(notLoaded("x").words())
        .contains("bundle \"x\": needs package p [1,2); nobody offers it; nearest: p 2.1");
    assertThat(felix.has("x")).isFalse();
    extension("x.jar", jar("x", "1.1"));
    assertThat(load("x")).isInstanceOf(Loaded.class);
  }

  @Test
  void anActivatorThatThrowsIsNamedWithItsCauses_S8() throws Exception {
    extension("x.jar", TestJar.bundle("x", "1.0").activator(Failing.class));
    assertThat(notLoaded("x").words())
        .isEqualTo(
            "library \"x\": its activator failed: java.lang.IllegalStateException: boom; caused by"
                + " java.lang.IllegalArgumentException: bad egg");
    assertThat(felix.has("x")).isFalse();
  }

  @Test
  void anActivatorThatHangsIsGivenUpAndOthersAreLoaded_S8() throws Exception {
    extension("x.jar", TestJar.bundle("x", "1.0").activator(Hanging.class));
    extension("y.jar", jar("y", "1.0"));
    loader = waiting(Duration.ofSeconds(2));
    loader.load("x", outcomes::add);
    assertThat(load("y")).isInstanceOf(Loaded.class);
    WorkerReason reason = ((NotLoaded) outcome()).reason();
    assertThat(reason.words())
        .contains("its activator has not returned within 2s")
        .contains("it is at ");
    assertThat(notLoaded("x").words()).contains("has not returned");
    felix.release();
    TestFramework.await("x is active", () -> felix.bundle("x").getState() == Bundle.ACTIVE);
    TestFramework.await(
        "it is loaded now",
        () -> {
          loader.load("x", outcomes::add);
          try {
            return outcome() instanceof Loaded;
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void aFragmentCannotBeLoaded() throws Exception {
    extension("f.jar", TestJar.bundle("f", "1.0").header("Fragment-Host", "a"));
    assertThat(notLoaded("f").words()).contains("is a fragment");
  }

  @Test
  void whenTheHostStopsNobodyIsLeftWaiting() throws Exception {
    extension("x.jar", jar("x", "1.0"));
    thread.close();
    assertThat(notLoaded("x").words()).contains("the host is stopping");
  }
}
