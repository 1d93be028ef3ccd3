// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.Locale;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerStat;

/** What one can wait for in the life of a worker. */
enum Milestone {
  /** Its main was entered. */
  STARTED,
  /** It said that it is ready. */
  READY,
  /** A life of it ended, however. */
  EXITED,
  /** The registration is gone. */
  UNREGISTERED;

  /** Reads the form users type; the parser has made sure that it is one. */
  static Milestone parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** Tells whether this event is the one; a crash is an exit, too. */
  boolean isMetBy(WorkerEvent.Kind kind) {
    return switch (this) {
      case STARTED -> kind == WorkerEvent.Kind.STARTED;
      case READY -> kind == WorkerEvent.Kind.READY;
      case EXITED -> kind == WorkerEvent.Kind.EXITED || kind == WorkerEvent.Kind.CRASHED;
      case UNREGISTERED -> kind == WorkerEvent.Kind.UNREGISTERED;
    };
  }

  /** Tells whether a registered worker shows that it has happened, when its event is forgotten. */
  boolean isShownBy(WorkerStat stat) {
    return switch (this) {
      case STARTED -> stat.startedAt().isPresent();
      case READY -> stat.readyAt().isPresent();
      case EXITED -> stat.lastExitAt().isPresent();
      case UNREGISTERED -> false;
    };
  }

  /** Returns the form users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
