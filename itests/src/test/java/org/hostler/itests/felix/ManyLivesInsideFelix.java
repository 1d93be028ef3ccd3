// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerFlag;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerStats;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** Thousands of lives that connect, ask and end leave nothing behind. */
public class ManyLivesInsideFelix extends SessionFixture {
  private static final String LIBRARY = "test.querying";
  private static final int AT_ONCE = 4;

  @Test
  public void tenThousandLivesLeaveNoConnectionThreadOrClassLoader() throws Exception {
    live("h2", 200); // what is made once is made now
    live("pg", 20);
    int threads = threads();
    int embedded = embeddedSessions();
    int server = serverSessions();
    live("h2", 10_000);
    live("pg", 500);
    assertThat(databases.sessions()).isEmpty();
    awaitThat(() -> embeddedSessions() <= embedded);
    awaitThat(() -> serverSessions() <= server);
    awaitThat(() -> threads() <= threads);
    Bundle bundle = bundle();
    WeakReference<ClassLoader> loader =
        new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
    bundle.uninstall();
    context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle));
    awaitTrue(
        () -> {
          System.gc();
          return loader.get() == null;
        });
  }

  private Bundle bundle() {
    for (Bundle bundle : context.getBundles()) {
      if (LIBRARY.equals(bundle.getSymbolicName())) {
        return bundle;
      }
    }
    throw new AssertionError(LIBRARY + " is not installed");
  }

  private static int threads() {
    return Thread.getAllStackTraces().size();
  }

  private int embeddedSessions() throws Exception {
    return count("h2", "select count(*) from information_schema.sessions");
  }

  private int serverSessions() throws Exception {
    return count("pg", "select count(*) from pg_stat_activity where datname = 'pg'");
  }

  private int count(String database, String query) throws Exception {
    return Integer.parseInt(databases.execute(database, null, query).rows().get(0).get(0));
  }

  /** Runs so many lives, some at a time; each has to end with 0. */
  private void live(String where, int lives) throws Exception {
    List<WorkerEvent> failures = new ArrayList<>();
    WorkerStats.Subscription all =
        stats.subscribe(
            event -> {
              if (event.kind() == Kind.EXITED && event.status().orElse(-1) != 0) {
                failures.add(event);
              }
            });
    ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Void>> done = new ArrayList<>();
      for (int client = 0; client < AT_ONCE; client++) {
        Callable<Void> some =
            () -> {
              for (int life = 0; life < lives / AT_ONCE; life++) {
                oneLife(where);
              }
              return null;
            };
        done.add(clients.submit(some));
      }
      for (Future<Void> client : done) {
        client.get(5, TimeUnit.MINUTES);
      }
    } finally {
      clients.shutdownNow();
      all.close();
    }
    assertThat(clients.awaitTermination(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(failures).isEmpty();
  }

  private void oneLife(String where) throws InterruptedException {
    BackgroundWorkerHandle handle =
        workers.registerDynamic(
            BackgroundWorker.builder("short")
                .library(LIBRARY)
                .function("query")
                .flag(WorkerFlag.DATABASE_CONNECTION)
                .mainArg(where)
                .restart(RestartPolicy.never())
                .build());
    assertThat(handle.awaitGone(SOON)).isTrue();
  }
}
