// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hostler.worker.WorkerId;
import org.hostler.worker.spi.DatabaseMechanism.DatabaseListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How each database is; which workers wait for it; and, by the default database, which may be
 * started (contract S1).
 *
 * <p>Databases are asked when somebody's connection failed, when they are down, and, if it holds
 * the phases, all the time; each at most once at a time. While nothing is down and the default
 * database is embedded there is no thread and nothing is done. {@link Pulse} decides when.
 */
final class Health implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final Asking asking;
  private final Executor threads;
  private final LongSupplier nanos;
  private final Supplier<String> watched;

  /** Read without a lock; written with this object's. */
  private final Map<String, Pulse> pulses = new ConcurrentHashMap<>();

  private final WaitingWorkers waiting = new WaitingWorkers();
  private final Map<String, CompletableFuture<Answer>> flights = new HashMap<>();
  private @Nullable Thread clock;
  private @Nullable DatabaseListener listener;
  private @Nullable PhaseReports phases;
  private boolean closed;

  /** Asks a database; blocks, for a limited time. */
  interface Asking extends AutoCloseable {
    /**
     * Returns how a database is.
     *
     * @param database its name
     * @param keep whether it will be asked again and again
     */
    Answer ask(String database, boolean keep);

    /** Lets go of what is kept of a database: later questions go over a new connection. */
    void letGo(String database);

    /** Asks no more. */
    @Override
    void close();
  }

  /**
   * Makes one that does nothing.
   *
   * @param asking asks
   * @param threads where it is asked
   * @param nanos monotonic time
   * @param watched the name of the database that holds the phases; empty for none
   */
  Health(Asking asking, Executor threads, LongSupplier nanos, Supplier<String> watched) {
    this.asking = asking;
    this.threads = threads;
    this.nanos = nanos;
    this.watched = watched;
  }

  // ---- for the supervisor

  /** Reports from now on; the first phase before this returns. */
  void follow(DatabaseListener supervisor) {
    synchronized (this) {
      listener = supervisor;
      phases = new PhaseReports(supervisor);
    }
    settingsChanged();
  }

  /** The default database may be another, or the same elsewhere. */
  void settingsChanged() {
    String name = watched.get();
    synchronized (this) {
      if (!name.isEmpty()) {
        doubt(name);
      }
      if (phases != null) {
        phases.watching(!name.isEmpty());
      }
    }
  }

  /** Waits until the default database, if it holds the phases, has been asked. */
  void awaitAnswer(Duration timeout) throws InterruptedException {
    String name = watched.get();
    if (!name.isEmpty()) {
      try {
        flight(name).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        LOG.debug("database \"{}\": has not answered within {}", name, timeout);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a database could not be asked", e.getCause());
      }
    }
  }

  /** Tells why a parked worker would find its database down; takes no lock. */
  Optional<String> down(WorkerId worker) {
    return waiting.why(worker, this::known);
  }

  // ---- for the doors of workers

  /**
   * Finds out whether a worker's failure was its database's; if so, it waits for that from now on.
   * Blocks; when interrupted, it was not.
   *
   * @param worker the life that failed
   * @param database the database it was connected to, or could not be
   * @return why it does not answer, in words; empty when it does
   */
  String failed(WorkerId worker, String database) {
    Answer answer = ask(database);
    if (!answer.down()) {
      return "";
    }
    waiting.add(worker, database);
    return answer.words();
  }

  /** Returns how a database is, having asked it anew. Blocks; unknown when interrupted. */
  Answer ask(String database) {
    asking.letGo(database);
    try {
      CompletableFuture<Answer> mine;
      boolean joined;
      synchronized (this) {
        joined = flights.containsKey(database);
        mine = flight(database);
      }
      Answer answer = mine.get();
      // One that was asked before the failure may have said so: only "down" is good for all.
      return joined && !answer.down() ? flight(database).get() : answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.UNKNOWN;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a database could not be asked", e.getCause());
    }
  }

  /** Tells why the default database, if it holds the phases, allows no more; takes no lock. */
  Optional<String> phaseReason() {
    String name = watched.get();
    String words = name.isEmpty() ? "" : known(name).words();
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of("database \"%s\": %s".formatted(name, words.lines().findFirst().orElse("")));
  }

  /** Returns how a database was when it was asked last. */
  Answer known(String database) {
    return pulses.getOrDefault(database, Pulse.UNKNOWN).answer();
  }

  /** Somebody could connect. */
  void connected(String database) {
    if (known(database).down()) {
      doubt(database);
    }
  }

  /** Somebody's connection failed; returns at once. */
  synchronized void doubt(String database) {
    if (!flights.containsKey(database)) {
      pulses.put(database, pulses.getOrDefault(database, Pulse.UNKNOWN).doubted(nanos.getAsLong()));
      wakeClock();
    }
  }

  // ---- for removals

  /** A life ends, and its worker waits from now on, whatever its database answers. */
  void hold(WorkerId worker, String database, String reason) {
    waiting.hold(worker, database, reason);
    supervisor().ifPresent(listening -> listening.hold(worker, reason));
  }

  /** A life ends, and its restart policy decides. */
  void end(WorkerId worker) {
    supervisor().ifPresent(listening -> listening.signalTerm(worker));
  }

  /** These workers wait for nothing any more: they are unregistered. */
  void terminate(Collection<WorkerId> workers) {
    workers.forEach(waiting::remove);
    supervisor().ifPresent(listening -> workers.forEach(listening::terminate));
  }

  private synchronized Optional<DatabaseListener> supervisor() {
    return Optional.ofNullable(listener);
  }

  /** These workers wait no longer; they start if they are parked for it. */
  void release(Collection<WorkerId> workers) {
    workers.forEach(waiting::remove);
    if (!workers.isEmpty()) {
      supervisor().ifPresent(listening -> listening.back(workers));
    }
  }

  /** A database is gone: there is nothing to know of it, and those who wait for it may find out. */
  void forget(String database) {
    synchronized (this) {
      pulses.remove(database);
    }
    release(waiting.of(database));
  }

  // ---- asking

  /** Returns the answer that is on its way, having asked if none is. */
  private synchronized CompletableFuture<Answer> flight(String database) {
    if (closed) {
      return CompletableFuture.completedFuture(Answer.UNKNOWN);
    }
    CompletableFuture<Answer> under = flights.get(database);
    if (under != null) {
      return under;
    }
    CompletableFuture<Answer> begun = new CompletableFuture<>();
    flights.put(database, begun);
    pulses.put(database, pulses.getOrDefault(database, Pulse.UNKNOWN).asked());
    threads.execute(() -> fly(database, begun));
    return begun;
  }

  private void fly(String database, CompletableFuture<Answer> flight) {
    Answer answer;
    try {
      answer = asking.ask(database, database.equals(watched.get()));
    } catch (RuntimeException | Error e) {
      LOG.warn("database \"{}\": could not be asked how it is", database, e);
      answer = Answer.UNKNOWN;
    }
    arrived(database, answer, flight);
  }

  private void arrived(String database, Answer answer, CompletableFuture<Answer> flight) {
    boolean holds = database.equals(watched.get());
    Answer before;
    synchronized (this) {
      flights.remove(database, flight);
      Pulse pulse = pulses.getOrDefault(database, Pulse.UNKNOWN);
      before = pulse.answer();
      if (!closed) {
        pulses.put(database, pulse.answered(answer, nanos.getAsLong(), holds));
        if (holds && phases != null) {
          phases.answered(answer);
        }
      }
      wakeClock();
    }
    tell(database, before, answer);
    if (!answer.down()) {
      release(waiting.of(database));
    }
    flight.complete(answer);
  }

  private static void tell(String database, Answer before, Answer answer) {
    if (!answer.equals(before)) { // each reason once
      if (answer.down()) {
        LOG.warn("database \"{}\" is down ({}): {}", database, answer.state(), answer.words());
      } else if (!answer.words().isEmpty()) {
        LOG.warn("database \"{}\" does not let the host in: {}", database, answer.words());
      } else if (!before.equals(Answer.UNKNOWN)) {
        LOG.info("database \"{}\" is {}", database, answer.state());
      }
    }
  }

  // ---- the clock

  private void wakeClock() {
    notifyAll();
    if (clock == null && !closed && next() != Pulse.NEVER) {
      clock = MechanismThreads.daemon("hostler-database-health", this::keepTime);
      clock.start();
    }
  }

  /** Tells whether there is a thread that waits to ask. */
  synchronized boolean keepsTime() {
    return clock != null;
  }

  private long next() {
    return pulses.values().stream().mapToLong(Pulse::next).min().orElse(Pulse.NEVER);
  }

  /** Runs as long as something is going to be asked. */
  private synchronized void keepTime() {
    try {
      while (!closed && (next() != Pulse.NEVER || !flights.isEmpty())) {
        long now = nanos.getAsLong();
        List<String> due = new ArrayList<>();
        pulses.forEach(
            (database, pulse) -> {
              if (pulse.next() <= now) {
                due.add(database);
              }
            });
        due.forEach(this::flight);
        if (due.isEmpty()) {
          long left = next() == Pulse.NEVER ? 0 : (next() - now + 999_999) / 1_000_000;
          wait(left);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("databases are not watched any more");
    } finally {
      clock = null;
    }
  }

  /** Asks no more; whoever waits for an answer gets none. */
  @Override
  public void close() {
    List<CompletableFuture<Answer>> left;
    synchronized (this) {
      closed = true;
      listener = null;
      left = List.copyOf(flights.values());
      flights.clear();
      notifyAll();
    }
    left.forEach(flight -> flight.complete(Answer.UNKNOWN));
    asking.close();
  }
}
