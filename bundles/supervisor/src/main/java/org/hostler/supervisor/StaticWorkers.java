// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hostler.supervisor.Inbox.Kind;
import org.hostler.supervisor.WorkerSlot.Origin;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.RegistrationRefused;
import org.hostler.worker.RegistrationRefused.Reason;
import org.hostler.worker.StaticRegistration;
import org.hostler.worker.WorkerId;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * Static workers: who may register one, and what becomes of them when their bundle is started again
 * (contract R11–R15, R17).
 *
 * <p>A bundle of the preload list registers while the list is worked off. When it is started again
 * later, a registration of the same name re-adopts the worker; those it does not name again are
 * unregistered when its start has returned.
 */
final class StaticWorkers {
  private final Supervisor supervisor;
  private final Registrar registrar;
  private final Set<String> preloaded = new HashSet<>();

  /** The workers that bundles which are being started again have not named yet. */
  private final Map<String, Map<String, Deque<WorkerId>>> adoptions = new HashMap<>();

  StaticWorkers(Supervisor supervisor, Registrar registrar) {
    this.supervisor = supervisor;
    this.registrar = registrar;
  }

  /** Notes a bundle of the preload list. */
  synchronized void preloading(Bundle bundle) {
    preloaded.add(bundle.getSymbolicName());
  }

  /** Tells whether a bundle may register static workers now. */
  synchronized boolean mayRegister(Bundle bundle) {
    return !supervisor.sealed() && preloaded.contains(bundle.getSymbolicName());
  }

  /** A bundle is being started: what it registered before may be re-adopted. */
  void starting(Bundle bundle) {
    List<WorkerSlot> mine = ownedBy(bundle.getSymbolicName());
    if (mine.isEmpty()) {
      return;
    }
    Map<String, Deque<WorkerId>> byName = new HashMap<>();
    for (WorkerSlot slot : mine) {
      byName.computeIfAbsent(slot.worker().name(), n -> new ArrayDeque<>()).add(slot.id());
    }
    synchronized (this) {
      adoptions.put(bundle.getSymbolicName(), byName);
    }
  }

  /** A bundle's start has returned: what it did not name again is unregistered. */
  void started(Bundle bundle) {
    Map<String, Deque<WorkerId>> left;
    synchronized (this) {
      left = adoptions.remove(bundle.getSymbolicName());
    }
    if (left != null) {
      left.values().forEach(ids -> ids.forEach(id -> supervisor.post(id, new Event.Terminate())));
    }
  }

  /** A bundle could not be started: its workers stay as they are. */
  synchronized void notStarted(Bundle bundle) {
    adoptions.remove(bundle.getSymbolicName());
  }

  StaticRegistration register(Bundle bundle, BackgroundWorker worker) {
    WorkerId again = takeAgain(bundle.getSymbolicName(), worker.name());
    if (again != null) {
      return registrar.readoptStatic(again, worker);
    }
    Origin origin = new Origin(true, bundle.getSymbolicName(), "");
    return registrar.registerStatic(
        worker, origin, mayRegister(bundle) ? null : notPreloading(bundle, worker));
  }

  private synchronized @Nullable WorkerId takeAgain(String library, String name) {
    Deque<WorkerId> ids = adoptions.getOrDefault(library, Map.of()).get(name);
    return ids == null ? null : ids.poll();
  }

  private RegistrationRefused notPreloading(Bundle bundle, BackgroundWorker worker) {
    String library = bundle.getSymbolicName();
    return new RegistrationRefused(
        Reason.NOT_PRELOADING,
        "background worker \"%s\": must be registered in shared_preload_libraries"
            .formatted(worker.name()),
        supervisor.sealed()
            ? "library \"%s\" asks after the preload list was worked off".formatted(library)
            : "library \"%s\" is not in shared_preload_libraries".formatted(library),
        "Use registerDynamic, or put \"%s\" into shared_preload_libraries and restart the host."
            .formatted(library));
  }

  private List<WorkerSlot> ownedBy(String library) {
    List<WorkerSlot> mine = new ArrayList<>();
    supervisor.perform(
        Kind.REQUEST,
        () -> {
          for (int i = 0; i < supervisor.table.length(); i++) {
            WorkerSlot slot = supervisor.table.slot(i);
            if (slot != null
                && slot.origin().bundle().equals(library)
                && slot.origin().component().isEmpty()) {
              mine.add(slot);
            }
          }
        });
    return mine;
  }
}
