// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.EOFException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.gogo.runtime.EOFError;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.jspecify.annotations.Nullable;

/**
 * What a shell says of an exception: never a stack trace.
 *
 * @param status what {@code exec} ends with
 * @param text one line, or message, detail and hint
 * @param expected whether it is a matter between the user and a command, not one for the log
 */
record Failure(int status, String text, boolean expected) {
  private static final int REFUSED = CommandFailed.Exit.REFUSED.status();
  private static final int USAGE = CommandFailed.Exit.USAGE.status();

  /**
   * Finds the words for an exception that a line ended with.
   *
   * @param thrown the exception
   * @param commands the commands there are, as {@code scope:name}
   */
  static Failure of(Throwable thrown, Collection<String> commands) {
    Throwable cause =
        thrown instanceof ExecutionException e && e.getCause() != null ? e.getCause() : thrown;
    if (cause instanceof CommandFailed failed) {
      return new Failure(failed.exit().status(), failed.toString(), true);
    }
    if (cause instanceof CommandNotFoundException missing) {
      return notFound(missing.getCommand(), commands);
    }
    if (cause instanceof SyntaxError || cause instanceof EOFError || endOfLine(cause)) {
      return new Failure(USAGE, "syntax error: " + oneLine(cause.getMessage()), true);
    }
    if (cause instanceof InterruptedException || cause instanceof CancellationException) {
      return new Failure(REFUSED, "interrupted", true);
    }
    String message = String.valueOf(cause.getMessage());
    if (message.startsWith("Cannot coerce")) { // Gogo found no method for these arguments
      return new Failure(USAGE, "wrong usage: " + oneLine(message), true);
    }
    if (message.startsWith("no matches found")) { // Gogo took a word for a file pattern
      return new Failure(USAGE, oneLine(message) + "\nhint: put the word in quotes", true);
    }
    return new Failure(REFUSED, chain(cause), false);
  }

  private static boolean endOfLine(Throwable cause) {
    return cause instanceof EOFException && cause.getCause() instanceof EOFError;
  }

  private static Failure notFound(String command, Collection<String> commands) {
    boolean scoped = command.indexOf(':') >= 0;
    List<String> names =
        commands.stream()
            .map(name -> scoped ? name : name.substring(name.indexOf(':') + 1))
            .toList();
    String hint = Nearest.hint(command, names);
    String text = "command \"%s\": there is none".formatted(command);
    return new Failure(USAGE, hint.isEmpty() ? text : text + "\nhint: " + hint, true);
  }

  /** Returns an exception and its causes in one line, each once. */
  private static String chain(Throwable thrown) {
    Set<String> links = new LinkedHashSet<>();
    int deepest = 10; // a chain that bites its own tail ends, too
    for (Throwable link = thrown; link != null && deepest-- > 0; link = link.getCause()) {
      String message = link.getMessage() == null ? "" : ": " + link.getMessage();
      links.add(oneLine(link.getClass().getSimpleName() + message));
    }
    return String.join("; caused by ", links);
  }

  private static String oneLine(@Nullable String text) {
    return String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
