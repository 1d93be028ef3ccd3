// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerStats.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happens, in one order: a ring of the newest events, read by any number of
 * listeners, each at its own pace on a thread of its own.
 *
 * <p>Events are published with the baton held, so there is one writer. A listener that is overtaken
 * by the ring gets one {@code GAP} with the number of events it missed. A sleeping listener is
 * woken after the baton is released, through {@link #wakeListeners()}.
 */
final class EventStream {
  private volatile AtomicReferenceArray<@Nullable WorkerEvent> ring;
  private volatile long last;
  private final List<EventListenerThread> listeners = new CopyOnWriteArrayList<>();

  EventStream(int size) {
    ring = new AtomicReferenceArray<>(Math.max(1, size));
  }

  /** Publishes something that happened to a worker; with the baton held. */
  WorkerEvent publish(WorkerSlot slot, Kind kind, ExitStatus exit, String detail, long millis) {
    boolean ended = kind == Kind.EXITED || kind == Kind.CRASHED;
    return publish(
        new WorkerEvent(
            last + 1,
            Instant.ofEpochMilli(millis),
            Optional.of(slot.id()),
            slot.worker().name(),
            slot.worker().type(),
            kind,
            ended ? OptionalInt.of(exit.code()) : OptionalInt.empty(),
            exit.signal(),
            detail));
  }

  /** Publishes the refusal of a registration; with the baton held. */
  void refused(String name, String type, String detail, long millis) {
    publish(
        new WorkerEvent(
            last + 1,
            Instant.ofEpochMilli(millis),
            Optional.empty(),
            name,
            type,
            Kind.REFUSED,
            OptionalInt.empty(),
            "",
            detail));
  }

  private WorkerEvent publish(WorkerEvent event) {
    AtomicReferenceArray<@Nullable WorkerEvent> array = ring;
    array.setRelease((int) (event.seq() % array.length()), event);
    last = event.seq();
    return event;
  }

  /** Changes how many events are kept; with the baton held. */
  void resize(int size) {
    AtomicReferenceArray<@Nullable WorkerEvent> old = ring;
    if (old.length() == Math.max(1, size)) {
      return;
    }
    AtomicReferenceArray<@Nullable WorkerEvent> array =
        new AtomicReferenceArray<>(Math.max(1, size));
    for (long seq = Math.max(1, last - Math.min(old.length(), array.length()) + 1);
        seq <= last;
        seq++) {
      array.setPlain((int) (seq % array.length()), old.get((int) (seq % old.length())));
    }
    ring = array;
  }

  /** Returns the number of the newest event, 0 before the first. */
  long last() {
    return last;
  }

  /** Returns an event; null when it is not kept any more, or not there yet. */
  @Nullable WorkerEvent event(long seq) {
    AtomicReferenceArray<@Nullable WorkerEvent> array = ring;
    WorkerEvent event = array.getAcquire((int) (seq % array.length()));
    return event != null && event.seq() == seq ? event : null;
  }

  /** Returns the number of the oldest event that is kept. */
  long oldest() {
    return Math.max(1, last - ring.length() + 1);
  }

  /** Returns the newest events that fit, oldest first. */
  List<WorkerEvent> newest(Predicate<WorkerEvent> wanted, int limit) {
    List<WorkerEvent> found = new ArrayList<>();
    for (long seq = last; seq >= oldest() && found.size() < limit; seq--) {
      WorkerEvent event = event(seq);
      if (event != null && wanted.test(event)) {
        found.add(event);
      }
    }
    Collections.reverse(found);
    return found;
  }

  /** Returns the event a listener gets that has missed some. */
  WorkerEvent gap(long seq, long missed) {
    WorkerEvent after = event(seq + 1);
    Instant at = after == null ? Instant.EPOCH : after.at();
    return new WorkerEvent(
        seq,
        at,
        Optional.<WorkerId>empty(),
        "",
        "",
        Kind.GAP,
        OptionalInt.empty(),
        "",
        "" + missed);
  }

  /** Wakes the listeners that sleep; after the baton is released. */
  void wakeListeners() {
    for (EventListenerThread listener : listeners) {
      listener.wake();
    }
  }

  /**
   * Begins to deliver events after the newest to a listener.
   *
   * @param name the name of the listener's thread
   * @param listener called for each event, on that thread
   */
  Subscription subscribe(String name, Consumer<WorkerEvent> listener) {
    EventListenerThread thread =
        new EventListenerThread(name, this, last, listener, listeners::remove);
    listeners.add(thread);
    thread.start();
    return thread;
  }
}
