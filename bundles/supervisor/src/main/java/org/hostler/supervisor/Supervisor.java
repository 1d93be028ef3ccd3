// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.hostler.supervisor.Hands.After;
import org.hostler.supervisor.Inbox.ForWorker;
import org.hostler.supervisor.Inbox.Kind;
import org.hostler.supervisor.Inbox.Letter;
import org.hostler.supervisor.Inbox.Work;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.WorkerId;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.hostler.worker.stat.HostStat.Phase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The postmaster: owns the slot table, takes what happened out of the inbox, asks {@link
 * WorkerLifecycle} what becomes of the worker, and carries that out.
 *
 * <p><b>One writer at a time.</b> Whoever posts something takes the {@link Baton} if it is free and
 * works the inbox off; if it is not, the holder does it. At deadlines the {@link ServerLoop} takes
 * it. Nothing that is done with the baton held blocks, runs foreign code, calls the framework or
 * logs; what has to is put off until the baton is released ({@link Hands}).
 *
 * <p><b>Order of one turn</b> (contract L13): stop, reload, exits, requests, deadlines, then at
 * most {@value #MOST_LAUNCHES} launches (S4). A slot's new value is published before anybody is
 * told.
 */
final class Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  static final int MOST_LAUNCHES = 100;
  private static final int MOST_LETTERS = 64;
  private static final int MOST_ROUNDS = 16;
  private static final int MOST_LOOKS = 200;

  final SlotTable table = new SlotTable();
  final Waiters waiters = new Waiters();
  final EventStream events;
  private final Deadlines deadlines = new Deadlines();
  private final Inbox inbox = new Inbox();
  private final Baton baton = new Baton();
  private final LaunchQueue launches = new LaunchQueue();
  private final Ticker ticker;
  private final LongSupplier wallClock;
  private final DoubleSupplier chance;
  private final LibraryIndex libraries;
  private final Hands hands;

  private volatile Rules rules;
  private volatile Phase phase = Phase.STARTUP;
  private volatile Runnable loopWaker = () -> {};
  private volatile boolean sealed;

  /** How many turns there were; shows the watchdog that the baton goes round. */
  private volatile long turns;

  /**
   * Makes it.
   *
   * @param ticker the time of everything that is due
   * @param wallClock the time that people read, milliseconds since 1970
   * @param chance random numbers from 0 to 1, for jitter; asked by any thread
   * @param rules the settings it goes by
   * @param mechanisms the world
   */
  Supervisor(
      Ticker ticker,
      LongSupplier wallClock,
      DoubleSupplier chance,
      Rules rules,
      Mechanisms mechanisms) {
    this.ticker = ticker;
    this.wallClock = wallClock;
    this.chance = chance;
    this.rules = rules;
    this.libraries = new LibraryIndex(mechanisms::symbolicName);
    this.events = new EventStream(rules.historySize());
    this.hands = new Hands(this, deadlines, launches, libraries, mechanisms);
  }

  // ---- for any thread

  Rules rules() {
    return rules;
  }

  Phase phase() {
    return phase;
  }

  /** Tells whether the preload list is worked off. */
  boolean sealed() {
    return sealed;
  }

  boolean stopping() {
    return phase == Phase.STOPPING;
  }

  /** Returns both times at this moment. */
  Moment moment() {
    return new Moment(ticker.now(), wallClock.getAsLong());
  }

  long turns() {
    return turns;
  }

  Baton baton() {
    return baton;
  }

  /** Returns when the next deadline is due; for the server loop. */
  long nextDeadline() {
    return deadlines.next();
  }

  /** Sets who is woken when there is something to do at an earlier time than before. */
  void loop(Runnable waker) {
    loopWaker = waker;
  }

  /** Says what happened to a worker; it may be dealt with when this returns, or just after. */
  void post(Kind kind, int index, long generation, Event event) {
    inbox.post(kind, new ForWorker(index, generation, event));
    turn();
  }

  /** Has work done on the whole table; it may be done when this returns, or just after. */
  void post(Kind kind, Runnable work) {
    inbox.post(kind, new Work(work));
    turn();
  }

  /** Says what happened to a worker as a consequence of a request. */
  void post(WorkerId id, Event event) {
    post(Kind.REQUEST, id.slot(), id.generation(), event);
  }

  /** Has work done on the whole table; done when this returns. */
  void perform(Kind kind, Runnable work) {
    if (baton.isHeldByCurrentThread()) {
      throw new IllegalStateException("a turn asks for another turn");
    }
    Performed performed = new Performed(work);
    inbox.post(kind, new Work(performed));
    turn();
    while (!performed.done && awaitBaton(performed)) {
      After after;
      try {
        after = drain();
      } finally {
        baton.unlock();
      }
      finish(after);
    }
    turn();
    performed.rethrow();
  }

  /**
   * Somebody else is at it, for a few microseconds: less than going to sleep and being woken takes.
   *
   * @return true with the baton held: either it is done by then or we do it; false when it is done
   */
  private boolean awaitBaton(Performed performed) {
    for (int i = 0; i < MOST_LOOKS; i++) {
      if (performed.done) {
        return false;
      }
      if (!baton.isLocked() && baton.tryLock()) {
        return true;
      }
      Thread.onSpinWait();
    }
    baton.lock();
    return true;
  }

  /** Works off what is there, unless somebody else is at it; the heart of the host. */
  void turn() {
    if (baton.isHeldByCurrentThread()) {
      return; // the turn under way sees it
    }
    for (int round = 0; round < MOST_ROUNDS; round++) {
      if (!baton.tryLock()) {
        return; // its holder looks again after releasing it
      }
      After after;
      try {
        after = drain();
      } finally {
        baton.unlock();
      }
      finish(after);
      if (!hasWork()) {
        return;
      }
    }
    loopWaker.run(); // a caller is not kept for ever
  }

  /** Does what a turn put off. Who calls this looks afterwards whether there is work again. */
  private void finish(After after) {
    run(after.first());
    if (!after.rest().isEmpty() && hasWork()) {
      loopWaker.run(); // what came meanwhile does not wait for what was put off
    }
    run(after.rest());
  }

  /** Each on its own: one that fails must not keep the others from being told. */
  private static void run(List<Runnable> after) {
    for (Runnable work : after) {
      try {
        work.run();
      } catch (Throwable thrown) {
        complain(thrown);
      }
    }
  }

  private static void complain(Throwable thrown) {
    try {
      LOG.error("what a turn of the supervisor put off has failed", thrown);
    } catch (Throwable noRoom) { // for that: the lives behind it still have to begin
      if (noRoom != thrown) { // the JVM's own, which it has ready, may be the same twice
        thrown.addSuppressed(noRoom);
      }
    }
  }

  /** Tells whether something can be done now; may be stale. */
  boolean hasWork() {
    return !inbox.isEmpty() || !launches.isEmpty() || deadlines.next() <= ticker.now();
  }

  // ---- with the baton held

  private After drain() {
    turns++;
    Moment now = moment();
    long earliest = deadlines.next();
    Letter letter = inbox.poll();
    for (int n = 1; letter != null; n++) {
      deliver(letter, now);
      letter = n < MOST_LETTERS ? inbox.poll() : null;
    }
    int due = deadlines.poll(now.nanos());
    for (int n = 1; due >= 0; n++) {
      apply(table.slot(due), new Event.Due(), now);
      due = n < MOST_LETTERS ? deadlines.poll(now.nanos()) : -1;
    }
    for (int n = 0; n < MOST_LAUNCHES && !launches.isEmpty(); n++) {
      attempt(now);
    }
    if (deadlines.next() < earliest) {
      hands.afterwards(loopWaker);
    }
    return hands.handOver();
  }

  private void deliver(Letter letter, Moment now) {
    if (letter instanceof ForWorker to) {
      apply(table.slot(to.index(), to.generation()), to.event(), now); // stale: dies here
    } else if (letter instanceof Work work) {
      work.work().run();
    }
  }

  private void attempt(Moment now) {
    WorkerSlot slot = launches.next(table);
    if (slot != null) {
      hands.attempt(slot, now);
    }
  }

  /** Lets something happen to a worker now. */
  void apply(@Nullable WorkerSlot slot, Event event, Moment now) {
    hands.apply(slot, event, now);
  }

  /** Returns what writes the table. */
  Hands hands() {
    return hands;
  }

  LibraryIndex libraries() {
    return libraries;
  }

  LaunchQueue launches() {
    return launches;
  }

  /** Ends preloading: those that were registered meanwhile are launched. */
  void seal() {
    sealed = true;
    hands.enqueueWaiting();
    hands.changedAll();
  }

  /** Enters a phase: those that waited for it are launched; nobody is stopped (S2). */
  void phase(Phase next) {
    phase = next;
    hands.enqueueWaiting();
    hands.changedAll();
  }

  void rules(Rules next) {
    rules = next;
    events.resize(next.historySize());
    hands.changedAll();
  }

  /** A life is over; from any thread. */
  void exited(WorkerId id, ExitStatus status, Ending ending) {
    inbox.post(Kind.EXIT, exit(id, status, ending));
    turn();
  }

  /** A life could not begin; from whoever does what a turn put off, and looks again after that. */
  void notStarted(WorkerId id, ExitStatus status) {
    inbox.post(Kind.EXIT, exit(id, status, Ending.NONE));
  }

  private ForWorker exit(WorkerId id, ExitStatus status, Ending ending) {
    Event event = new Event.Exited(id.incarnation(), status, ending, chance.getAsDouble());
    return new ForWorker(id.slot(), id.generation(), event);
  }

  /** Work on the table that somebody waits for. */
  private static final class Performed implements Runnable {
    private final Runnable work;
    private volatile boolean done;
    private @Nullable Throwable thrown;

    Performed(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      try {
        work.run();
      } catch (Throwable e) { // the caller's, who gets it
        thrown = e;
      } finally {
        done = true;
      }
    }

    void rethrow() {
      if (thrown instanceof RuntimeException e) {
        throw e;
      } else if (thrown instanceof Error e) {
        throw e;
      }
    }
  }
}
