// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import org.jspecify.annotations.Nullable;

/**
 * A command that cannot be done, in the words its user reads.
 *
 * <p>The message is everything that goes to the terminal: what is wrong, then detail and hint on
 * lines of their own. A cause, if there is one, goes to the log and never to the terminal.
 */
final class Failure extends Exception {

  static final int REFUSED = 1;
  static final int USAGE = 2;
  static final int NOT_RUNNING = 3;
  static final int TIMED_OUT = 4;

  private static final long serialVersionUID = 1L;

  private final int status;

  private Failure(int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** Refused or failed: the host or the instance does not allow it. */
  static Failure refused(String... lines) {
    return new Failure(REFUSED, String.join("\n", lines), null);
  }

  /** Refused or failed because of {@code cause}, whose trace belongs into the log. */
  static Failure refusedBy(Throwable cause, String... lines) {
    return new Failure(REFUSED, String.join("\n", lines), cause);
  }

  /** Wrong usage: one line and the right form. */
  static Failure usage(String message, String form) {
    return new Failure(USAGE, message + "\nusage: " + form, null);
  }

  /** The directory is no instance: wrong usage, too. */
  static Failure noInstance(String... lines) {
    return new Failure(USAGE, String.join("\n", lines), null);
  }

  static Failure notRunning(Instance instance) {
    return new Failure(NOT_RUNNING, "instance %s is not running".formatted(instance.base()), null);
  }

  /** The host went away in the middle of a conversation. */
  static Failure lost(Instance instance) {
    return new Failure(
        NOT_RUNNING,
        "instance %s: its host ended before the command did".formatted(instance.base()),
        null);
  }

  static Failure timedOut(String... lines) {
    return new Failure(TIMED_OUT, String.join("\n", lines), null);
  }

  /** The exit status of the command. */
  int status() {
    return status;
  }
}
