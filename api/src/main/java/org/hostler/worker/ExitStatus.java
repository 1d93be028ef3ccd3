// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

/**
 * How one life of a worker ended (contract A3, X1–X5).
 *
 * <p>It holds text only, no exception, so that it keeps no class of the worker's bundle alive.
 */
public sealed interface ExitStatus {

  /** Returned from its main, or asked for status 0: the worker is done and is unregistered. */
  record Done() implements ExitStatus {
    @Override
    public int code() {
      return 0;
    }

    @Override
    public String toString() {
      return "status 0";
    }
  }

  /**
   * Failed with status 1: something was thrown, the worker was terminated, or it could not be
   * launched. The restart policy decides.
   *
   * @param cause the exception in one line; empty when there was none
   * @param stackTrace its stack trace; empty when there was none
   */
  record Failed(String cause, String stackTrace) implements ExitStatus {
    @Override
    public int code() {
      return 1;
    }

    @Override
    public String toString() {
      return "status 1";
    }
  }

  /**
   * Crashed: any other status, a signal, out of memory in a child, or an end without goodbye.
   *
   * @param code the status; 128 + the signal's number when a signal ended it
   * @param signal the signal's name without SIG; empty when no signal ended it
   * @param cause what is known of it in one line; may be empty
   * @param stackTrace its stack trace; empty when there was none
   */
  record Crashed(int code, String signal, String cause, String stackTrace) implements ExitStatus {
    @Override
    public String toString() {
      return signal.isEmpty() ? "status " + code : "signal " + signal;
    }
  }

  /** Returns the status: 0, 1, or a crash's. */
  int code();

  /** Returns the cause in one line; an empty string when there was none. */
  default String cause() {
    return "";
  }

  /** Returns the stack trace; an empty string when there was none. */
  default String stackTrace() {
    return "";
  }

  /** Returns the signal's name without SIG; an empty string when no signal ended it. */
  default String signal() {
    return "";
  }

  /** Returns an exit with status 0. */
  static ExitStatus done() {
    return new Done();
  }

  /**
   * Returns an exit with status 1.
   *
   * @param cause why, in one line
   */
  static ExitStatus failed(String cause) {
    return new Failed(cause, "");
  }

  /**
   * Returns the exit for a status a worker chose.
   *
   * @param code 0 to 255
   */
  static ExitStatus of(int code) {
    return switch (code) {
      case 0 -> new Done();
      case 1 -> new Failed("", "");
      default -> new Crashed(code, "", "", "");
    };
  }
}
