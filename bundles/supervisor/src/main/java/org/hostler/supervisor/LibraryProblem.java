// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import org.hostler.worker.DurationText;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** Why a library cannot be had: what is wrong, the numbers, and what to do, for people. */
final class LibraryProblem extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String detail;
  private final String hint;

  /**
   * Makes one.
   *
   * @param wrong what is wrong, to stand behind the library's name
   * @param detail the numbers, one line; may be empty
   * @param hint what to do; may be empty
   */
  LibraryProblem(String wrong, String detail, String hint) {
    super(wrong);
    this.detail = detail;
    this.hint = hint;
  }

  private LibraryProblem(String wrong, String detail, String hint, Throwable cause) {
    super(wrong, cause);
    this.detail = detail;
    this.hint = hint;
  }

  /** What was thrown when a bundle was installed, updated or started, as people need it. */
  static LibraryProblem of(BundleContext context, Bundle bundle, Throwable thrown) {
    if (thrown instanceof BundleException failure
        && failure.getType() == BundleException.RESOLVE_ERROR) {
      String cause = ResolverCause.of(context, bundle, String.valueOf(failure.getMessage()));
      return new LibraryProblem(
          "cannot be resolved",
          "bundle \"%s\": %s".formatted(bundle.getSymbolicName(), cause),
          "Install what it needs first, or take a version that fits.",
          thrown);
    }
    if (thrown instanceof UnusableJar jar) {
      return unusable(jar);
    }
    if (thrown instanceof IOException) {
      return unreadable((IOException) thrown);
    }
    return new LibraryProblem(
        "its activator failed", causes(thrown), "The log has the stack trace.", thrown);
  }

  /** A jar that was found is none. */
  static LibraryProblem unusable(UnusableJar jar) {
    return new LibraryProblem(
        "its file %s".formatted(jar.getMessage()),
        "the file is \"%s\"".formatted(jar.file()),
        "Copy the jar again, under another name first and then renamed.",
        jar);
  }

  /** The disk does not do what it should. */
  static LibraryProblem unreadable(IOException failure) {
    return new LibraryProblem(
        "its bytes cannot be read or kept", failure.toString(), "Look at the disk.", failure);
  }

  /** A start that has not returned in time. */
  static LibraryProblem hanging(Duration timeout, BundleWork start) {
    return new LibraryProblem(
        "its activator has not returned within " + DurationText.format(timeout),
        start.whereabouts(),
        "An activator registers and returns; what takes longer is a worker's. The time it has is"
            + " preload_timeout.");
  }

  /** The numbers, one line; may be empty. */
  String detail() {
    return detail;
  }

  /** What to do; may be empty. */
  String hint() {
    return hint;
  }

  /** What is wrong and the numbers, in one line. */
  String words() {
    String message = String.valueOf(getMessage());
    return detail.isEmpty() ? message : message + ": " + detail;
  }

  /** The chain of causes in one line, without the framework's wrapper around what was thrown. */
  private static String causes(Throwable thrown) {
    Throwable first =
        thrown instanceof BundleException && thrown.getCause() != null ? thrown.getCause() : thrown;
    StringBuilder line = new StringBuilder(String.valueOf(first));
    for (Throwable cause = first.getCause(); cause != null; cause = cause.getCause()) {
      line.append("; caused by ").append(cause);
    }
    return line.toString().strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
