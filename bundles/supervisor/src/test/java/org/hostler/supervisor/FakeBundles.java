// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hostler.worker.WorkerMain;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/**
 * As much of a framework as the supervisor's core asks for: bundles with names, versions and class
 * loaders, and services that are got from a map. Anything else it is asked throws.
 */
final class FakeBundles {
  private static final Map<ServiceReference<?>, WorkerMain> SERVICES = new ConcurrentHashMap<>();

  /** The supervisor's own bundle, which gets the services of the others. */
  static final Bundle HOST = bundle("org.hostler.supervisor");

  private FakeBundles() {}

  static Bundle bundle(String symbolicName) {
    BundleContext context =
        fake(
            BundleContext.class,
            (method, arguments) ->
                switch (method) {
                  case "getService" -> SERVICES.get(arguments[0]);
                  case "ungetService" -> true;
                  default -> throw new UnsupportedOperationException(method);
                });
    return fake(
        Bundle.class,
        (method, arguments) ->
            switch (method) {
              case "getSymbolicName" -> symbolicName;
              case "getVersion" -> Version.valueOf("1.2.3");
              case "getBundleContext" -> context;
              case "adapt" -> null;
              default -> throw new UnsupportedOperationException(method);
            });
  }

  /** A function as a service of a bundle. */
  static ServiceReference<WorkerMain> service(
      Bundle bundle, String function, @Nullable WorkerMain main) {
    @SuppressWarnings("unchecked")
    ServiceReference<WorkerMain> reference =
        fake(
            ServiceReference.class,
            (method, arguments) ->
                switch (method) {
                  case "getBundle" -> bundle;
                  case "getProperty" ->
                      arguments[0].equals(FunctionDirectory.PROPERTY) ? function : null;
                  case "compareTo" -> 0;
                  default -> throw new UnsupportedOperationException(method);
                });
    if (main != null) {
      SERVICES.put(reference, main);
    }
    return reference;
  }

  /** A function whose code has that class loader. */
  static LoadedFunction function(@Nullable WorkerMain main, ClassLoader loader) {
    Bundle bundle = bundle("org.acme.jobs");
    return new LoadedFunction.OfBundle(
        service(bundle, "f", main),
        "org.acme.jobs",
        "f",
        bundle.getVersion(),
        bundle,
        loader,
        HOST);
  }

  private interface Answers {
    @Nullable Object answer(String method, Object[] arguments);
  }

  private static <T> T fake(Class<T> type, Answers answers) {
    InvocationHandler handler =
        (proxy, method, arguments) ->
            method.getDeclaringClass() == Object.class
                ? ofObject(proxy, method, arguments)
                : answers.answer(method.getName(), arguments);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object ofObject(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "fake@" + Integer.toHexString(System.identityHashCode(proxy));
    };
  }
}
