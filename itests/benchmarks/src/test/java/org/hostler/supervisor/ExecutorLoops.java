// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The JDK's own timers, for the same deadlines as {@link DeadlineLoops}. */
@State(Scope.Benchmark)
public class ExecutorLoops {
  private static final int PENDING = DeadlineLoops.PENDING;
  private static final int COUNT = DeadlineLoops.COUNT;
  private static final Runnable NOTHING = () -> {};

  private long[] due = new long[0];
  private ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
  private Future<?>[] futures = new Future<?>[0];

  /** Made by JMH. */
  public ExecutorLoops() {}

  /** Schedules a million. */
  @Setup(Level.Invocation)
  public void fill() {
    due = DeadlineLoops.delays();
    executor = new ScheduledThreadPoolExecutor(1);
    executor.setRemoveOnCancelPolicy(true);
    futures = new Future<?>[PENDING + COUNT];
    for (int i = 0; i < PENDING; i++) {
      schedule(i);
    }
  }

  /** Ends its thread. */
  @TearDown(Level.Invocation)
  public void end() {
    executor.shutdownNow();
  }

  private void schedule(int number) {
    futures[number] = executor.schedule(NOTHING, due[number], TimeUnit.NANOSECONDS);
  }

  /** Schedules further ones. */
  @Benchmark
  @OperationsPerInvocation(DeadlineLoops.COUNT)
  public Object schedule() {
    for (int i = PENDING; i < PENDING + COUNT; i++) {
      schedule(i);
    }
    return futures;
  }

  /** Cancels some of them. */
  @Benchmark
  @OperationsPerInvocation(DeadlineLoops.COUNT)
  public Object cancel() {
    for (int i = 0; i < COUNT; i++) {
      futures[i].cancel(false);
    }
    return futures;
  }
}
