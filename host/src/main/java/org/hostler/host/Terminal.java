// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The user's terminal in raw mode, by way of {@code stty}; put back by {@link #close} and, when the
 * client is killed by a signal, by a shutdown hook. Not a terminal: everything here does nothing.
 */
final class Terminal implements AutoCloseable {

  private static final File DEVICE = new File("/dev/tty");

  private final Optional<String> saved;

  private Terminal(Optional<String> saved) {
    this.saved = saved;
  }

  static Terminal open() throws IOException {
    if (!Boolean.getBoolean("hostler.terminal")) {
      return new Terminal(Optional.empty());
    }
    Terminal terminal = new Terminal(stty("-g"));
    if (terminal.saved.isPresent()) {
      Runtime.getRuntime().addShutdownHook(new Thread(terminal::restore, "hostler-terminal"));
      stty("raw", "-echo");
    }
    return terminal;
  }

  /** {@code columns rows}, when there is a terminal that tells. */
  Optional<String> size() {
    if (saved.isEmpty()) {
      return Optional.empty();
    }
    try {
      return stty("size")
          .map(text -> text.split(" "))
          .filter(parts -> parts.length == 2 && !parts[0].equals("0"))
          .map(parts -> parts[1] + " " + parts[0]);
    } catch (IOException noTerminal) {
      return Optional.empty();
    }
  }

  private void restore() {
    if (saved.isPresent()) {
      try {
        stty(saved.get());
      } catch (IOException e) {
        System.err.println("the terminal could not be put back: stty sane does it");
      }
    }
  }

  @Override
  public void close() {
    restore();
  }

  private static Optional<String> stty(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectInput(DEVICE)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    try {
      return process.waitFor() == 0 ? Optional.of(answer) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
