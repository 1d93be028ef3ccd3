// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Two platform threads that set each other's latch in turn: what workers did if a JVM with virtual
 * threads ran them on platform threads.
 */
@State(Scope.Thread)
public class LatchLoops {
  private final WorkerLatch mine = new WorkerLatch();
  private final WorkerLatch other = new WorkerLatch();
  private final Thread answerer = new Thread(this::answer, "answerer");
  private volatile boolean answered = true;
  private volatile boolean over;

  /** Made by JMH. */
  public LatchLoops() {}

  /** Starts the other thread. */
  @Setup(Level.Trial)
  public void start() {
    mine.owner(Thread.currentThread());
    other.owner(answerer);
    answerer.start();
  }

  /** Ends the other thread. */
  @TearDown(Level.Trial)
  public void end() throws InterruptedException {
    over = true;
    other.set();
    answerer.join();
  }

  private void answer() {
    while (!over) {
      other.reset();
      if (answered) {
        other.await();
      } else {
        answered = true;
        mine.set();
      }
    }
  }

  /** There and back. */
  @Benchmark
  public void roundTrip() {
    answered = false;
    other.set();
    for (; ; ) {
      mine.reset();
      if (answered) {
        return;
      }
      mine.await();
    }
  }
}
