// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker.stat;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.hostler.worker.WorkerId;

/**
 * Something that happened to a worker. Log, history, shell and metrics all read these (contract N5
 * is coalesced and without content there; here nothing is lost).
 *
 * @param seq the number of the event, from 1 on, without holes, in the order in which things
 *     happened
 * @param at the wall-clock time, for people
 * @param id the life it happened to; empty for a refused registration and for a gap
 * @param name the worker's name; empty for a gap
 * @param type the worker's type; empty for a gap
 * @param kind what happened
 * @param status the exit status, for {@code EXITED} and {@code CRASHED}
 * @param signal the signal's name for a worker ended by one; else empty
 * @param detail more, in words; may be empty
 */
public record WorkerEvent(
    long seq,
    Instant at,
    Optional<WorkerId> id,
    String name,
    String type,
    Kind kind,
    OptionalInt status,
    String signal,
    String detail) {

  /** What can happen. */
  public enum Kind {
    /** A worker has a slot now. */
    REGISTERED,
    /** A registration was refused. */
    REFUSED,
    /** Its main was entered. */
    STARTED,
    /** It said that it is ready. */
    READY,
    /** A life ended with status 0 or 1. */
    EXITED,
    /** A life ended with another status, by a signal, or without goodbye. */
    CRASHED,
    /** It waits for its restart delay. */
    BACKOFF,
    /** It waits for its cause to go. */
    PARKED,
    /** It was asked to stop. */
    TERMINATING,
    /** It ignored every request until its deadline; its thread still runs. */
    ABANDONED,
    /** The registration is gone and its slot is free. */
    UNREGISTERED,
    /** It was reset after the crash of another worker. */
    RESET,
    /** It keeps a processor busy so that other workers cannot run. */
    STARVING,
    /** The listener fell behind; {@code detail} is the number of events it missed. */
    GAP;

    /** Returns the form users read, for instance {@code registered}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
