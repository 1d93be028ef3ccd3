// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** A throwable in one line, for people. */
final class Words {

  private Words() {}

  /** What went wrong; the kind of the throwable only where its message alone says nothing. */
  static String of(Throwable problem) {
    if (problem instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    String message = problem.getMessage();
    if (problem instanceof FileSystemException file && file.getReason() != null) {
      return file.getFile() + ": " + file.getReason();
    }
    if (message == null || message.isBlank() || problem instanceof FileSystemException) {
      String kind = problem.getClass().getSimpleName();
      return message == null || message.isBlank() ? kind : kind + ": " + firstLine(message);
    }
    return problem instanceof java.io.IOException
        ? firstLine(message)
        : problem.getClass().getSimpleName() + ": " + firstLine(message);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
