// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.locks.LockSupport;
import org.hostler.benchmarks.Stopwatch.Starter;
import org.jspecify.annotations.Nullable;

/** What the same JVM does without any supervision: the anchors that stand beside a launch. */
final class BareThreads {
  private static final @Nullable MethodHandle START_VIRTUAL = startVirtual();

  private BareThreads() {}

  private static @Nullable MethodHandle startVirtual() {
    if (Runtime.version().feature() < 21) {
      return null;
    }
    try {
      return MethodHandles.publicLookup()
          .findStatic(
              Thread.class,
              "startVirtualThread",
              MethodType.methodType(Thread.class, Runnable.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean haveVirtual() {
    return START_VIRTUAL != null;
  }

  /** Starts a virtual thread each time. */
  static Starter virtual(Stopwatch watch) {
    return () -> virtual(watch::enter)::join;
  }

  static Thread virtual(Runnable work) {
    if (START_VIRTUAL == null) {
      throw new IllegalStateException("this JVM has no virtual threads");
    }
    try {
      return (Thread) START_VIRTUAL.invokeExact(work);
    } catch (Throwable e) {
      throw new IllegalStateException("Thread.startVirtualThread failed", e);
    }
  }

  /** Starts a platform thread each time. */
  static Starter platform(Stopwatch watch) {
    return () -> platform(watch::enter)::join;
  }

  static Thread platform(Runnable work) {
    Thread thread = new Thread(work, "bare");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** One platform thread that is parked until there is something to run. */
  static final class Parked implements Starter, AutoCloseable {
    private final Thread thread;
    private volatile boolean asked;
    private volatile boolean closed;

    Parked(Stopwatch watch) {
      thread = new Thread(() -> serve(watch), "parked");
      thread.setDaemon(true);
      thread.start();
    }

    private void serve(Stopwatch watch) {
      while (!closed) {
        if (asked) {
          asked = false;
          watch.enter();
        } else {
          LockSupport.park(this);
        }
      }
    }

    @Override
    public Stopwatch.End start() {
      asked = true;
      LockSupport.unpark(thread);
      return () -> {};
    }

    @Override
    public void close() {
      closed = true;
      LockSupport.unpark(thread);
    }
  }
}
