// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads, where the JVM has them (21 and later); by method handles, since the code is
 * built for 17.
 */
final class VirtualThreads {
  private static final @Nullable MethodHandle OF_VIRTUAL;
  private static final @Nullable MethodHandle INHERIT;
  private static final @Nullable MethodHandle NAME;
  private static final @Nullable MethodHandle UNSTARTED;
  private static final @Nullable MethodHandle IS_VIRTUAL;

  static {
    MethodHandle[] found = lookUp();
    OF_VIRTUAL = found[0];
    INHERIT = found[1];
    NAME = found[2];
    UNSTARTED = found[3];
    IS_VIRTUAL = found[4];
  }

  private VirtualThreads() {}

  private static @Nullable MethodHandle[] lookUp() {
    if (Runtime.version().feature() < 21) { // 19 and 20 have them as a preview only
      return new MethodHandle[5];
    }
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> builder = Class.forName("java.lang.Thread$Builder");
      Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
      MethodType same = methodType(Object.class, Object.class);
      return new MethodHandle[] {
        lookup
            .findStatic(Thread.class, "ofVirtual", methodType(ofVirtual))
            .asType(methodType(Object.class)),
        lookup
            .findVirtual(
                ofVirtual, "inheritInheritableThreadLocals", methodType(ofVirtual, boolean.class))
            .asType(same.appendParameterTypes(boolean.class)),
        lookup
            .findVirtual(ofVirtual, "name", methodType(ofVirtual, String.class))
            .asType(same.appendParameterTypes(String.class)),
        lookup
            .findVirtual(builder, "unstarted", methodType(Thread.class, Runnable.class))
            .asType(methodType(Thread.class, Object.class, Runnable.class)),
        lookup.findVirtual(Thread.class, "isVirtual", methodType(boolean.class))
      };
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM has virtual threads, but not as documented", e);
    }
  }

  /** Tells whether this JVM has virtual threads. */
  static boolean available() {
    return OF_VIRTUAL != null;
  }

  /** Tells whether a thread is virtual. */
  static boolean isVirtual(Thread thread) {
    try {
      return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invokeExact(thread);
    } catch (Throwable e) {
      throw new IllegalStateException("Thread.isVirtual failed", e);
    }
  }

  /** Returns a virtual thread, not started, that takes no thread local over from its maker. */
  static Thread make(String name, Runnable work) {
    if (OF_VIRTUAL == null || INHERIT == null || NAME == null || UNSTARTED == null) {
      throw new IllegalStateException("this JVM has no virtual threads");
    }
    try {
      Object builder = (Object) OF_VIRTUAL.invokeExact();
      builder = (Object) INHERIT.invokeExact(builder, false);
      builder = (Object) NAME.invokeExact(builder, name);
      return (Thread) UNSTARTED.invokeExact(builder, work);
    } catch (Throwable e) {
      throw new IllegalStateException("a virtual thread could not be made", e);
    }
  }
}
