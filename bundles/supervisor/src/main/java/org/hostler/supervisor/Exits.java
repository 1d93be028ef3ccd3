// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.WorkerExit;

/** Turns what came out of a worker's main into its exit status (contract X1–X5). */
final class Exits {
  private static final int LONGEST_TRACE = 16_384;
  private static final int LONGEST_CAUSE = 2_000;
  private static final int LONGEST_STATEMENT = 1_000;

  private Exits() {}

  /** Any throwable is status 1, but for the one that carries a status of its own. */
  static ExitStatus of(Throwable thrown) {
    if (thrown instanceof WorkerExit exit) {
      return ExitStatus.of(exit.status());
    }
    return new ExitStatus.Failed(cause(thrown), trace(thrown));
  }

  /** Adds the statement that was running to a cause, as PostgreSQL's log does (contract X16). */
  static ExitStatus during(String statement, ExitStatus status) {
    if (statement.isBlank()) { // of nearly every life
      return status;
    }
    String line = statement.strip().replaceAll("\\s*\\R\\s*", " ");
    String text =
        line.length() > LONGEST_STATEMENT ? line.substring(0, LONGEST_STATEMENT) + "…" : line;
    String cause = (status.cause() + " [statement: " + text + "]").strip();
    if (status instanceof ExitStatus.Failed failed) {
      return new ExitStatus.Failed(cause, failed.stackTrace());
    } else if (status instanceof ExitStatus.Crashed crash) {
      return new ExitStatus.Crashed(crash.code(), crash.signal(), cause, crash.stackTrace());
    }
    return status;
  }

  /** Returns the throwable in one line; never throws, whatever its own methods do. */
  static String cause(Throwable thrown) {
    try {
      String text = String.valueOf(thrown).strip().replaceAll("\\s*\\R\\s*", "; ");
      return text.length() > LONGEST_CAUSE ? text.substring(0, LONGEST_CAUSE) + "…" : text;
    } catch (Throwable broken) { // a worker's exception whose toString fails, or no memory for it
      return thrown.getClass().getName();
    }
  }

  private static String trace(Throwable thrown) {
    try {
      StringWriter text = new StringWriter(512);
      thrown.printStackTrace(new PrintWriter(text));
      return text.getBuffer().length() > LONGEST_TRACE
          ? text.getBuffer().substring(0, LONGEST_TRACE) + "…"
          : text.toString();
    } catch (Throwable broken) { // as above: the exit counts, not its picture
      return "";
    }
  }
}
