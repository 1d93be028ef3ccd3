// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.crasher;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerExit;
import org.hostler.worker.WorkerMain;

/** The function {@code crash}: does what its argument says, for trying out the host. */
final class Crasher implements WorkerMain {
  private static final Duration LONG = Duration.ofHours(1);

  @Override
  public void run(WorkerContext context) {
    Order order = Order.parse(context.mainArg());
    if (order.misdeed() == Misdeed.START_FAIL) {
      throw new IllegalStateException("start-fail: this worker never does anything");
    }
    behave(context, order.after());
    switch (order.misdeed()) {
      case WAIT -> waitForTheEnd(context);
      case EXIT -> throw WorkerExit.with(order.status());
      case THROW -> throw new IllegalStateException("throw: a crasher was told to throw");
      case ERROR -> throw new AssertionError("error: a crasher was told to throw an error");
      case OOM -> outOfMemory();
      case HANG -> hang();
      case SPIN -> spin();
      case LEAK_THREAD -> leakThread(context);
      case SYSTEM_EXIT -> System.exit(order.status());
      case HALT -> Runtime.getRuntime().halt(order.status());
      case START_FAIL -> throw new AssertionError("start-fail has been dealt with");
    }
  }

  /** Waits as a good worker does, so that it can be stopped in the meantime. */
  private static void behave(WorkerContext context, Duration time) {
    long start = System.nanoTime();
    for (Duration left = time; left.compareTo(Duration.ZERO) > 0; ) {
      context.latch().reset();
      context.checkForInterrupts();
      context.latch().await(left);
      left = time.minusNanos(System.nanoTime() - start);
    }
    context.checkForInterrupts();
  }

  private static void waitForTheEnd(WorkerContext context) {
    while (true) {
      context.latch().reset();
      context.checkForInterrupts();
      context.latch().await(LONG);
    }
  }

  /** Asks for more than any JVM can give: the error is real, but no byte of the heap is taken. */
  private static void outOfMemory() {
    long[] tooLong = new long[Integer.MAX_VALUE];
    throw new AssertionError("an array of " + tooLong.length + " elements was given");
  }

  private static void hang() {
    CountDownLatch never = new CountDownLatch(1);
    while (true) {
      try {
        never.await();
      } catch (InterruptedException swallowed) {
        // Swallowing it is the misdeed.
      }
    }
  }

  private static void spin() {
    while (true) {
      Thread.onSpinWait();
    }
  }

  /** The thread keeps this bundle's class loader from going; a daemon, so that the JVM can end. */
  private static void leakThread(WorkerContext context) {
    Thread thread = new Thread(Crasher::hang, "leaked by crasher " + context.id());
    thread.setDaemon(true);
    thread.start();
  }
}
