// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.hostler.supervisor.WorkerSlot.Origin;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.Datum;
import org.hostler.worker.Isolation;
import org.hostler.worker.RegistrationRefused;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.StartTime;
import org.hostler.worker.WorkerFlag;
import org.hostler.worker.WorkerId;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the workers of components with {@code @RegisterWorker}.
 *
 * <p>A worker's identity is the symbolic name and the component's name: when the component is back,
 * its worker goes on in the same slot with the component's properties. Nothing that is wrong with
 * them is thrown at anybody: it is event {@code refused}.
 */
final class AnnotatedWorkers {
  private static final Logger LOG = LoggerFactory.getLogger(AnnotatedWorkers.class);
  private static final String PREFIX = "worker.register.";
  private static final String COMPONENT_NAME = "component.name";

  /** A record's own two methods would be made at run time, the first of all in milliseconds. */
  private record Identity(String library, String component) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Identity that
          && library.equals(that.library)
          && component.equals(that.component);
    }

    @Override
    public int hashCode() {
      return 31 * library.hashCode() + component.hashCode();
    }
  }

  private final Supervisor supervisor;
  private final Registrar registrar;
  private final StaticWorkers statics;
  private final Map<Identity, WorkerId> registered = new HashMap<>();
  private final List<Runnable> afterSeal = new ArrayList<>();

  AnnotatedWorkers(Supervisor supervisor, Registrar registrar, StaticWorkers statics) {
    this.supervisor = supervisor;
    this.registrar = registrar;
    this.statics = statics;
  }

  /** A service with a function is there. */
  void added(ServiceReference<?> reference, LoadedFunction.OfBundle function) {
    if (!isAnnotated(reference)) {
      return;
    }
    Identity identity = identity(reference, function);
    BackgroundWorker worker;
    try {
      worker = describe(reference, function);
    } catch (IllegalArgumentException e) {
      String name = text(reference, "name", function.name());
      registrar.refuse(name, name, RegistrationRefused.Reason.INVALID + ": " + e.getMessage());
      return;
    }
    register(identity, worker, function.bundle());
  }

  private void register(Identity identity, BackgroundWorker worker, Bundle bundle) {
    synchronized (this) {
      WorkerId known = registered.get(identity);
      if (known != null && supervisor.table.slot(known.slot(), known.generation()) != null) {
        readopt(known, worker);
        return;
      }
      boolean asStatic = statics.mayRegister(bundle);
      if (!asStatic && !supervisor.sealed()) {
        afterSeal.add(() -> register(identity, worker, bundle));
        return;
      }
      Origin origin = new Origin(asStatic, identity.library(), identity.component());
      try {
        WorkerHandle handle =
            asStatic
                ? (WorkerHandle) registrar.registerStatic(worker, origin, null).orThrow()
                : registrar.dynamic(worker, origin);
        registered.put(identity, handle.id());
        LOG.debug(
            "background worker \"{}\" of component {} is registered as {} worker",
            worker.name(),
            identity.component(),
            asStatic ? "a static" : "a dynamic");
      } catch (RegistrationRefused refused) {
        LOG.debug("component {} gets no worker", identity.component(), refused); // event: refused
      }
    }
  }

  /** Its slot, its next life. */
  private void readopt(WorkerId known, BackgroundWorker worker) {
    try {
      registrar.readopt(known, worker);
    } catch (RegistrationRefused refused) {
      LOG.debug(
          "background worker \"{}\" stays as it was", worker.name(), refused); // event: refused
    }
  }

  /** Preloading is over: those that had to wait for it are registered. */
  void sealed() {
    List<Runnable> waiting;
    synchronized (this) {
      waiting = List.copyOf(afterSeal);
      afterSeal.clear();
    }
    waiting.forEach(Runnable::run);
  }

  /** A bundle is uninstalled: its workers are unregistered. */
  void uninstalled(Bundle bundle) {
    forget(bundle, component -> true);
  }

  /**
   * A bundle is active: workers of components that it has no more are unregistered.
   *
   * @param components the names of the components it has
   */
  void active(Bundle bundle, List<String> components) {
    forget(bundle, component -> !components.contains(component));
  }

  private synchronized void forget(Bundle bundle, Predicate<String> componentGone) {
    registered
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone =
                  entry.getKey().library().equals(bundle.getSymbolicName())
                      && componentGone.test(entry.getKey().component());
              if (gone) {
                supervisor.post(entry.getValue(), new Event.Terminate());
              }
              return gone;
            });
  }

  private static Identity identity(
      ServiceReference<?> reference, LoadedFunction.OfBundle function) {
    Object component = reference.getProperty(COMPONENT_NAME);
    return new Identity(
        function.library(), component == null ? function.name() : component.toString());
  }

  private static boolean isAnnotated(ServiceReference<?> reference) {
    for (String key : reference.getPropertyKeys()) {
      if (key.startsWith(PREFIX)) {
        return true;
      }
    }
    return false;
  }

  static BackgroundWorker describe(
      ServiceReference<?> reference, LoadedFunction.OfBundle function) {
    BackgroundWorker.Builder builder =
        BackgroundWorker.builder(text(reference, "name", function.name()))
            .type(text(reference, "type", ""))
            .library(function.library())
            .function(function.name())
            .startTime(StartTime.parse(text(reference, "start", "recovery_finished")))
            .restart(RestartPolicy.parse(text(reference, "restart", "60s")));
    for (String flag : text(reference, "flag", "").split(",")) {
      if (!flag.isBlank()) {
        builder.flag(flag(flag.strip()));
      }
    }
    ifGiven(reference, "arg", arg -> builder.mainArg(Datum.parse(arg)));
    ifGiven(reference, "extra", extra -> builder.extra(extra.getBytes(StandardCharsets.UTF_8)));
    ifGiven(reference, "isolation", isolation -> builder.isolation(Isolation.parse(isolation)));
    ifGiven(reference, "heap", heap -> builder.heap(heap(heap)));
    return builder.build();
  }

  private static void ifGiven(ServiceReference<?> reference, String key, Consumer<String> set) {
    String value = text(reference, key, "");
    if (!value.isEmpty()) {
      set.accept(value);
    }
  }

  private static String text(ServiceReference<?> reference, String key, String otherwise) {
    Object value = reference.getProperty(PREFIX + key);
    String text =
        value instanceof String[] array
            ? String.join(",", array)
            : value == null ? "" : value.toString();
    return text.isEmpty() ? otherwise : text;
  }

  private static WorkerFlag flag(String text) {
    try {
      return WorkerFlag.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("unknown flag \"%s\"".formatted(text), e);
    }
  }

  private static long heap(String text) {
    if (!text.matches("\\d{1,9}[kKmMgG]?[bB]?")) {
      throw new IllegalArgumentException(
          "heap \"%s\": expected a number and k, m or g".formatted(text));
    }
    String unit = text.replaceAll("[\\dbB]", "").toLowerCase(Locale.ROOT);
    long number = Long.parseLong(text.replaceAll("\\D", ""));
    return switch (unit) {
      case "k" -> number << 10;
      case "m" -> number << 20;
      case "g" -> number << 30;
      default -> number;
    };
  }
}
