// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.hostler.supervisor.Inbox.Kind;
import org.hostler.supervisor.WorkerSlot.Origin;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.RegistrationRefused;
import org.hostler.worker.RegistrationRefused.Reason;
import org.hostler.worker.StaticRegistration;
import org.hostler.worker.WorkerId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives slots to workers, or says why not (contract R11–R22). */
final class Registrar {
  private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

  private final Supervisor supervisor;
  private final Generations generations;
  private final HostMechanisms mechanisms;
  private final Handles handles;

  Registrar(
      Supervisor supervisor, Generations generations, HostMechanisms mechanisms, Handles handles) {
    this.supervisor = supervisor;
    this.generations = generations;
    this.mechanisms = mechanisms;
    this.handles = handles;
  }

  /**
   * Registers a dynamic worker.
   *
   * @throws RegistrationRefused when it gets no slot
   */
  WorkerHandle dynamic(BackgroundWorker worker, Origin origin) {
    return register(worker, origin, null);
  }

  /**
   * Registers a dynamic worker, waiting for what is only lacking now.
   *
   * @throws RegistrationRefused when the time is over, or waiting cannot help
   */
  WorkerHandle dynamicOrAwait(BackgroundWorker worker, Origin origin, Duration timeout)
      throws InterruptedException {
    AtomicReference<@Nullable WorkerHandle> handle = new AtomicReference<>();
    AtomicReference<@Nullable RegistrationRefused> refusal = new AtomicReference<>();
    handles.await(
        Waiters.ANY,
        () -> {
          Optional<RegistrationRefused> unlikely = precheck(worker);
          if (unlikely.isPresent() && unlikely.get().reason().transientState()) {
            refusal.set(unlikely.get()); // not asked for in earnest: no event, no log line
            return false;
          }
          try {
            handle.set(register(worker, origin, null));
            return true;
          } catch (RegistrationRefused refused) {
            refusal.set(refused);
            return !refused.reason().transientState();
          }
        },
        timeout,
        () -> "a slot for \"" + worker.name() + "\"");
    WorkerHandle registered = handle.get();
    if (registered != null) {
      return registered;
    }
    RegistrationRefused refused = refusal.get();
    if (refused != null) {
      throw refused;
    }
    throw new IllegalStateException("neither registered nor refused: " + worker);
  }

  private Optional<RegistrationRefused> precheck(BackgroundWorker worker) {
    AtomicReference<@Nullable RegistrationRefused> found = new AtomicReference<>();
    supervisor.perform(Kind.REQUEST, () -> found.set(check(worker, null).orElse(null)));
    return Optional.ofNullable(found.get());
  }

  /**
   * Registers a static worker.
   *
   * @param notPreloading why it may not now; null when it may
   */
  StaticRegistration registerStatic(
      BackgroundWorker worker, Origin origin, @Nullable RegistrationRefused notPreloading) {
    try {
      return new StaticRegistration.Registered(
          register(worker, origin, notPreloading == null ? staticNotify(worker) : notPreloading));
    } catch (RegistrationRefused e) {
      return refused(e);
    }
  }

  /** As {@link #readopt}, with the outcome as a static registration has it. */
  StaticRegistration readoptStatic(WorkerId id, BackgroundWorker worker) {
    try {
      readopt(id, worker);
      return new StaticRegistration.Registered(handles.handle(id.slot(), id.generation()));
    } catch (RegistrationRefused e) {
      return refused(e);
    }
  }

  private static StaticRegistration refused(RegistrationRefused e) {
    return new StaticRegistration.Refused(
        e.reason(), String.valueOf(e.getMessage()), e.detail(), e.hint());
  }

  private static @Nullable RegistrationRefused staticNotify(BackgroundWorker worker) {
    return worker.notifyId().isEmpty()
        ? null
        : new RegistrationRefused(
            Reason.STATIC_NOTIFY,
            "background worker \"%s\": only dynamic background workers can request notification"
                .formatted(worker.name()),
            "it names worker %s".formatted(worker.notifyId().get()),
            "Register it without notify and listen to the events instead.");
  }

  private WorkerHandle register(
      BackgroundWorker worker, Origin origin, @Nullable RegistrationRefused already) {
    AtomicReference<@Nullable WorkerSlot> added = new AtomicReference<>();
    AtomicReference<@Nullable RegistrationRefused> refusal = new AtomicReference<>(already);
    supervisor.perform(
        Kind.REQUEST,
        () -> {
          Moment now = supervisor.moment();
          RegistrationRefused refused =
              already != null ? already : check(worker, origin).orElse(null);
          if (refused == null) {
            added.set(supervisor.hands().add(worker, origin, generations.next(), now));
          } else {
            refusal.set(refused);
            supervisor.hands().refused(worker.name(), worker.type(), words(refused), now);
          }
        });
    WorkerSlot slot = added.get();
    if (slot != null) {
      return handles.handle(slot.index(), slot.generation());
    }
    RegistrationRefused refused = refusal.get();
    throw refused == null ? new IllegalStateException("not registered: " + worker) : refused;
  }

  /** With the baton held. A null origin is one that only asks. */
  private Optional<RegistrationRefused> check(BackgroundWorker worker, @Nullable Origin origin) {
    if (supervisor.stopping()) {
      return Optional.of(
          new RegistrationRefused(
              Reason.STOPPING,
              "background worker \"%s\": the host is stopping".formatted(worker.name()),
              "a worker registered now would never run",
              "Register it after the next start."));
    }
    boolean dynamic = origin == null || !origin.registeredStatically();
    if (dynamic && !supervisor.sealed()) {
      return Optional.of(
          new RegistrationRefused(
              Reason.PRELOADING,
              "background worker \"%s\": the host is preloading".formatted(worker.name()),
              "dynamic workers can be registered when shared_preload_libraries is worked off",
              "Register it statically, or use registerOrAwait from another thread."));
    }
    try {
      String library = mechanisms.symbolicName(worker.library());
      return mechanisms.admission(supervisor).check(worker, library);
    } catch (IllegalArgumentException e) {
      return Optional.of(malformedLibrary(worker, e));
    }
  }

  private static RegistrationRefused malformedLibrary(
      BackgroundWorker worker, IllegalArgumentException why) {
    String[] lines = String.valueOf(why.getMessage()).split("\n", 3);
    return new RegistrationRefused(
        Reason.INVALID,
        "background worker \"%s\": %s".formatted(worker.name(), lines[0]),
        lines.length > 1 ? lines[1] : "",
        lines.length > 2
            ? lines[2]
            : "Write a symbolic name, or one with a range: org.acme.jobs;[1.2,2).");
  }

  /**
   * Gives a registered worker the description its bundle registers it with now.
   *
   * @throws RegistrationRefused when the description is not possible; the worker stays as it was
   */
  void readopt(WorkerId id, BackgroundWorker worker) {
    AtomicReference<@Nullable RegistrationRefused> refusal = new AtomicReference<>();
    supervisor.perform(
        Kind.REQUEST,
        () -> {
          Moment now = supervisor.moment();
          WorkerSlot slot = supervisor.table.slot(id.slot(), id.generation());
          RegistrationRefused refused = refusesReadoption(slot, worker).orElse(null);
          if (refused != null) {
            refusal.set(refused);
            supervisor.hands().refused(worker.name(), worker.type(), words(refused), now);
          } else if (slot != null) {
            supervisor.libraries().remove(slot); // its library may be another one now
            supervisor.apply(slot, new Event.Readopted(worker), now);
            supervisor.libraries().add(slot.with(worker));
          }
        });
    RegistrationRefused refused = refusal.get();
    if (refused != null) {
      throw refused;
    }
  }

  private Optional<RegistrationRefused> refusesReadoption(
      @Nullable WorkerSlot slot, BackgroundWorker worker) {
    if (slot != null && slot.origin().registeredStatically() && worker.notifyId().isPresent()) {
      return Optional.ofNullable(staticNotify(worker));
    }
    try {
      String library = mechanisms.symbolicName(worker.library());
      return mechanisms.admission(supervisor).available(worker, library);
    } catch (IllegalArgumentException e) {
      return Optional.of(malformedLibrary(worker, e));
    }
  }

  /** Tells everybody of a worker that could not even be described. */
  void refuse(String name, String type, String words) {
    LOG.debug("background worker \"{}\" is refused: {}", name, words);
    supervisor.perform(
        Kind.REQUEST, () -> supervisor.hands().refused(name, type, words, supervisor.moment()));
  }

  private static String words(RegistrationRefused refused) {
    return refused.reason()
        + ": "
        + refused.getMessage()
        + (refused.detail().isEmpty() ? "" : " (" + refused.detail() + ")");
  }
}
