// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.Isolation;
import org.hostler.worker.RegistrationRefused;
import org.hostler.worker.RegistrationRefused.Reason;
import org.hostler.worker.WorkerFlag;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a worker may have a slot (contract R15, R21, R22); pure.
 *
 * @param rules the limits in force
 * @param used how many slots are taken
 * @param count how many workers a library has
 * @param databases whether a bundle offers databases
 * @param isolations whether a bundle runs workers in that isolation
 */
record Admission(
    Rules rules,
    int used,
    ToIntFunction<String> count,
    boolean databases,
    Predicate<Isolation> isolations) {

  /**
   * Returns why not; empty when it may.
   *
   * @param worker the worker
   * @param library the symbolic name of its library
   */
  Optional<RegistrationRefused> check(BackgroundWorker worker, String library) {
    return available(worker, library).or(() -> Optional.ofNullable(overLimit(worker, library)));
  }

  /** Returns what the worker needs and no bundle offers; empty when everything is there. */
  Optional<RegistrationRefused> available(BackgroundWorker worker, String library) {
    return Optional.ofNullable(notAvailable(worker, library));
  }

  private @Nullable RegistrationRefused notAvailable(BackgroundWorker worker, String library) {
    if (worker.flags().contains(WorkerFlag.DATABASE_CONNECTION) && !databases) {
      return new RegistrationRefused(
          Reason.NOT_AVAILABLE,
          "background worker \"%s\": databases are not available in this host"
              .formatted(worker.name()),
          "flags contain DATABASE_CONNECTION, and no bundle of this host offers databases",
          "Register it without DATABASE_CONNECTION, or install the bundle that offers databases.");
    }
    Isolation isolation = rules.isolation(worker, library);
    if (!isolations.test(isolation)) {
      return new RegistrationRefused(
          Reason.NOT_AVAILABLE,
          "background worker \"%s\": isolation %s is not available in this host"
              .formatted(worker.name(), isolation),
          "no bundle of this host runs workers in a %s of their own".formatted(isolation),
          "Register it with isolation thread, or install the bundle that offers the other.");
    }
    return null;
  }

  private @Nullable RegistrationRefused overLimit(BackgroundWorker worker, String library) {
    WorkerLimits limits = rules.limits(library);
    int mine = count.applyAsInt(library);
    if (limits != null && mine >= limits.cap()) {
      return new RegistrationRefused(
          Reason.QUOTA,
          "background worker \"%s\": library \"%s\" has used up its quota"
              .formatted(worker.name(), library),
          "it has %d workers, worker_limits.%s allows %d".formatted(mine, library, limits.cap()),
          "Raise worker_limits.%s, or wait until one of its workers ends.".formatted(library));
    }
    int free = rules.maxSlots() - used;
    int reserved = limits != null && mine < limits.reserve() ? 0 : reservedForOthers(library);
    if (free - reserved > 0) {
      return null;
    }
    return new RegistrationRefused(
        Reason.TABLE_FULL,
        "background worker \"%s\": too many background workers".formatted(worker.name()),
        "%d of %d slots are used%s"
            .formatted(
                used,
                rules.maxSlots(),
                reserved > 0 ? ", %d are reserved for other libraries".formatted(reserved) : ""),
        "Consider increasing max_worker_processes; bgw:reload raises it.");
  }

  private int reservedForOthers(String library) {
    int reserved = 0;
    for (Map.Entry<String, WorkerLimits> other : rules.limits().entrySet()) {
      if (!other.getKey().equals(library)) {
        reserved += Math.max(0, other.getValue().reserve() - count.applyAsInt(other.getKey()));
      }
    }
    return reserved;
  }
}
