// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerExit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;

/**
 * Finding one of 100,000 workers by its id; beside it, finding one of as many services by a filter.
 *
 * <p>The workers wait for a restart that is a day away, so that they need no thread.
 */
final class LookUpBenchmark implements InHost {
  private static final int MANY = 100_000;
  private static final int LOOK_UPS = 2_000_000;
  private static final int WARM_UP = 5;
  private static final int FILTERED = 20;
  private static final Duration DAY = Duration.ofDays(1);

  private final Effort effort;
  private final int count;

  /** What stands for a worker among the services. */
  private interface Entry {}

  LookUpBenchmark(Effort effort) {
    this.effort = effort;
    count = effort.many(MANY);
  }

  @Override
  public void run(Functions functions, BackgroundWorkers workers, PrintStream out)
      throws InterruptedException, InvalidSyntaxException {
    Figures figures = new Figures(out);
    List<BackgroundWorkerHandle> handles = register(functions);
    for (int round = -WARM_UP; round < effort.rounds(); round++) {
      double found = Curves.lookUp(workers, handles, effort.samples(LOOK_UPS));
      if (round >= 0) {
        figures.add("lookup " + count, "ns", found);
      }
    }
    handles.forEach(BackgroundWorkerHandle::terminate);
    services(functions.context(), figures);
  }

  private List<BackgroundWorkerHandle> register(Functions functions) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(count);
    List<BackgroundWorkerHandle> handles = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      handles.add(
          functions.act(
              number,
              context -> {
                ended.countDown();
                throw WorkerExit.with(1);
              },
              RestartPolicy.after(DAY)));
    }
    if (!ended.await(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("%d workers have not run".formatted(ended.getCount()));
    }
    return handles;
  }

  private void services(BundleContext context, Figures figures) throws InvalidSyntaxException {
    List<ServiceRegistration<Entry>> entries = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      entries.add(
          context.registerService(
              Entry.class, new Entry() {}, new Hashtable<>(Map.of("entry.id", number + ":1"))));
    }
    for (int round = 0; round < effort.rounds(); round++) {
      long begun = System.nanoTime();
      for (int i = 0; i < FILTERED; i++) {
        String filter = "(entry.id=%d:1)".formatted((i + 1) * count / (FILTERED + 1));
        if (context.getServiceReferences(Entry.class, filter).size() != 1) {
          throw new IllegalStateException("%s finds no service".formatted(filter));
        }
      }
      figures.add(
          "bare OSGi filter look-up " + count,
          "ns",
          (System.nanoTime() - begun) / (double) FILTERED);
    }
    entries.forEach(ServiceRegistration::unregister);
  }
}
