// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.util.List;
import java.util.Objects;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;

/** Why a bundle of the distribution did not start, in words for people. */
final class StartError {

  private static final String WRAPPER = "Activator start error in ";

  private StartError() {}

  static String of(Bundle bundle, List<FrameworkEvent> errors) {
    return errors.stream()
        .filter(event -> event.getBundle().equals(bundle))
        .map(FrameworkEvent::getThrowable)
        .filter(Objects::nonNull)
        .findFirst()
        .map(error -> of(bundle.getSymbolicName(), error))
        .orElse("bundle \"%s\": did not start".formatted(bundle.getSymbolicName()));
  }

  /**
   * An activator that knows its users throws message, detail and hint as the lines of its message;
   * those stand as they are. Anything else is told as what it is, in one line.
   */
  static String of(String symbolicName, Throwable error) {
    Throwable problem = error;
    while (problem.getCause() != null && String.valueOf(problem.getMessage()).startsWith(WRAPPER)) {
      problem = problem.getCause();
    }
    String message = String.valueOf(problem.getMessage());
    return message.contains("\n")
        ? message.strip()
        : "bundle \"%s\": could not be started\ndetail: %s"
            .formatted(symbolicName, Words.of(problem));
  }
}
