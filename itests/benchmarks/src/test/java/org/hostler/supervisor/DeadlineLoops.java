// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Setting and cancelling one of a million deadlines; each is due between one and two hours from
 * now.
 */
@State(Scope.Benchmark)
public class DeadlineLoops {
  /** How many deadlines there are. */
  public static final int PENDING = 1_000_000;

  /**
   * How many are set, or cancelled, in one go: so few that no array grows meanwhile, here and in
   * {@link ExecutorLoops}.
   */
  public static final int COUNT = 40_000;

  private static final long HOUR = 3_600_000_000_000L;

  private long[] due = new long[0];
  private Deadlines deadlines = new Deadlines();

  /** Made by JMH. */
  public DeadlineLoops() {}

  /** Returns when each is due, in nanoseconds from now; the same ones every time. */
  static long[] delays() {
    return new Random(1).longs(PENDING + COUNT, HOUR, 2 * HOUR).toArray();
  }

  /** Sets a million, and for {@link #cancel()} those that are cancelled. */
  @Setup(Level.Invocation)
  public void fill() {
    due = delays();
    deadlines = new Deadlines();
    for (int slot = 0; slot < PENDING; slot++) {
      deadlines.set(slot, due[slot]);
    }
  }

  /** Sets further ones. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public long schedule() {
    for (int slot = PENDING; slot < PENDING + COUNT; slot++) {
      deadlines.set(slot, due[slot]);
    }
    return deadlines.next();
  }

  /** Cancels some of them. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public long cancel() {
    for (int slot = 0; slot < COUNT; slot++) {
      deadlines.set(slot, WorkerSlot.NEVER);
    }
    return deadlines.next();
  }
}
