// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Why a host did not come up: on standard error, and in a file for the {@code start} that waits for
 * it and has no part in its standard error.
 */
final class FailureNote {

  /** Names the file, in the environment of a host that was started by {@code start}. */
  static final String VARIABLE = "HOSTLER_FAILURE_NOTE";

  private FailureNote() {}

  static synchronized void write(String message) {
    System.err.println(message);
    String file = System.getenv(VARIABLE);
    if (file == null) {
      return;
    }
    try {
      Files.writeString(Path.of(file), message);
    } catch (IOException e) {
      System.err.println("detail: %s could not be written: %s".formatted(file, Words.of(e)));
    }
  }
}
