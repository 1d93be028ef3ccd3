// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * The operating system's signals.
 *
 * <p>{@code sun.misc.Signal} is the only way to hear them on every JDK from 17 on; it is reached by
 * reflection since the compiler refuses to compile against it without a warning.
 */
final class Signals {

  private Signals() {}

  /**
   * Runs {@code action} on a thread of the JVM at each {@code signal} (such as {@code TERM}).
   *
   * @return false when this system or JVM has no such signal or keeps it for itself
   */
  static boolean handle(String signal, Runnable action) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      InvocationHandler calls = (proxy, method, args) -> call(proxy, method, args, action);
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(), new Class<?>[] {handlerType}, calls);
      type.getMethod("handle", type, handlerType)
          .invoke(null, type.getConstructor(String.class).newInstance(signal), handler);
      return true;
    } catch (ReflectiveOperationException unavailable) {
      return false;
    }
  }

  private static Object call(Object proxy, Method method, Object[] args, Runnable action) {
    return switch (method.getName()) {
      case "equals" -> proxy == args[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "signal handler of the host";
      default -> {
        action.run();
        yield Boolean.TRUE;
      }
    };
  }
}
