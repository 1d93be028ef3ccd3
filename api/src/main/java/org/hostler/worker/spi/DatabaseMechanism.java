// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker.spi;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.hostler.database.WorkerDatabase;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.HostStat.Phase;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Offers databases to workers; a service that the supervisor tracks.
 *
 * <p>While it is absent, a worker with {@code DATABASE_CONNECTION} is refused at registration.
 */
@ConsumerType
public interface DatabaseMechanism {

  /**
   * Begins to report. Called once by the supervisor, from any thread, when it has found this
   * service; if the default database decides the phase, its first phase is reported before this
   * returns, without asking the database.
   *
   * @param listener the supervisor
   */
  void follow(DatabaseListener listener);

  /**
   * Waits until the default database, if it decides the phase, has answered for the first time or
   * could not be reached, and that was reported.
   *
   * @param timeout how long at most
   * @throws InterruptedException when the thread was interrupted meanwhile
   */
  default void awaitAnswer(Duration timeout) throws InterruptedException {}

  /**
   * Makes the door of one life; nothing is connected yet. Called on the worker's thread.
   *
   * @param context the life
   */
  WorkerDoor open(WorkerContext context);

  /**
   * Tells whether a worker, parked because its database was down, would find it down still. Called
   * with the supervisor's baton held: takes no lock, returns at once.
   *
   * @param worker slot and generation
   * @return why, in words; empty when it may start
   */
  Optional<String> down(WorkerId worker);

  /**
   * Tells why the default database, if it decides the phase, allows no more than it does. From any
   * thread, takes no lock, returns at once.
   *
   * @return one line that names the database; empty when it decides nothing or has nothing to say
   */
  default Optional<String> phaseReason() {
    return Optional.empty();
  }

  /** Tells that the settings were reloaded and a newer snapshot is in force. Returns at once. */
  default void settingsChanged() {}

  /** What the supervisor does with the database side of a life. */
  @ConsumerType
  interface WorkerDoor {
    /** Returns what the worker sees. */
    WorkerDatabase database();

    /**
     * Cancels the running statement, if any. From any thread, takes no lock, returns at once.
     *
     * @return whether there was one that had not been asked before
     */
    boolean cancelStatement();

    /**
     * Returns the statement that was running, or whose failure ended this life; empty for none.
     * Called instead of {@link #ending} for a life that was asked to end, which is not to be held
     * up: asks no database.
     *
     * @param status how its main ended
     */
    default String statement(ExitStatus status) {
      return "";
    }

    /**
     * Tells what the databases had to do with the end of this life. Called once, on the worker's
     * thread, when its main has ended with another status than 0, before {@link #close}; may take
     * as long as asking the database does.
     *
     * @param status how its main ended
     */
    Ending ending(ExitStatus status);

    /** Rolls back and closes everything. Idempotent; from any thread. */
    void close();
  }

  /**
   * What databases had to do with the end of a life.
   *
   * @param statement the statement that was running, or whose failure ended it; empty for none
   * @param databaseDown why its database does not answer, in words; empty when that is not what
   *     ended it, or the database answers
   */
  @ProviderType
  record Ending(String statement, String databaseDown) {
    /** Databases had nothing to do with it. */
    public static final Ending NONE = new Ending("", "");
  }

  /** What the supervisor does for databases; from any thread. */
  @ProviderType
  interface DatabaseListener {
    /**
     * The default database has entered a state: decides which workers may be started, stops none
     * (contract S1, S2). Not called when nothing holds the phases: they then follow the host alone.
     *
     * @param phase {@code STARTUP}, {@code RECOVERY}, {@code HOT_STANDBY} or {@code RUN}
     */
    void phase(Phase phase);

    /**
     * Databases are back: those of these workers that are parked with {@code DATABASE_DOWN} start
     * at once. Others are left alone, so it may be repeated.
     *
     * @param workers slots and generations
     */
    void back(Collection<WorkerId> workers);

    /**
     * Ends a life for as long as its database is being removed: it is asked to end as by {@code
     * TERM} and is then parked with {@code DATABASE_DOWN}, whatever its restart policy, until
     * {@link #back} or {@link #terminate}.
     *
     * @param worker the life
     * @param reason why, in words
     */
    void hold(WorkerId worker, String reason);

    /**
     * Ends a life and its registration, as {@code TerminateBackgroundWorker} does.
     *
     * @param worker slot and generation
     */
    void terminate(WorkerId worker);

    /**
     * Ends a life by {@code TERM}, after which its restart policy decides (contract D13).
     *
     * @param worker the life
     */
    void signalTerm(WorkerId worker);
  }
}
