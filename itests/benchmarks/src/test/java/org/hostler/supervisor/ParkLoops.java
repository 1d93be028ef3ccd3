// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Two platform threads that unpark each other in turn: what a latch between them costs at least.
 */
@State(Scope.Thread)
public class ParkLoops {
  private final Thread answerer = new Thread(this::answer, "answerer");
  private volatile Thread asker = answerer;
  private volatile boolean answered = true;
  private volatile boolean over;

  /** Made by JMH. */
  public ParkLoops() {}

  /** Starts the other thread. */
  @Setup(Level.Trial)
  public void start() {
    asker = Thread.currentThread();
    answerer.start();
  }

  /** Ends the other thread. */
  @TearDown(Level.Trial)
  public void end() throws InterruptedException {
    over = true;
    LockSupport.unpark(answerer);
    answerer.join();
  }

  private void answer() {
    while (!over) {
      if (answered) {
        LockSupport.park(this);
      } else {
        answered = true;
        LockSupport.unpark(asker);
      }
    }
  }

  /** There and back. */
  @Benchmark
  public void roundTrip() {
    answered = false;
    LockSupport.unpark(answerer);
    while (!answered) {
      LockSupport.park(this);
    }
  }
}
