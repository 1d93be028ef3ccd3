// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.hostler.worker.Refusal;
import org.hostler.worker.SettingsRefused;

/**
 * One thing that is wrong with a configuration.
 *
 * @param where file and line, or the command line
 * @param message what is wrong with which setting
 * @param detail the offending text or the numbers; may be empty
 * @param hint what to change; may be empty
 */
record ConfigurationProblem(Place where, String message, String detail, String hint) {

  /** Returns what was refused about a value, with the place where that value is written. */
  static ConfigurationProblem at(Place where, Refusal refusal) {
    return new ConfigurationProblem(
        where, Objects.requireNonNull(refusal.getMessage()), refusal.detail(), refusal.hint());
  }

  /** Returns one refusal for all problems of a configuration, of which there is at least one. */
  static SettingsRefused refusal(List<ConfigurationProblem> problems) {
    if (problems.size() == 1) {
      ConfigurationProblem only = problems.get(0);
      return new SettingsRefused(only.where + ": " + only.message, only.detail, only.hint);
    }
    return new SettingsRefused(
        "configuration: %d errors".formatted(problems.size()),
        String.join(
            "\n",
            problems.stream()
                .sorted(Comparator.comparing(ConfigurationProblem::where))
                .map(ConfigurationProblem::toString)
                .toList()),
        "Correct every line named above; nothing of the configuration was used.");
  }

  /** Returns everything in one line. */
  @Override
  public String toString() {
    String more = (detail + " " + hint).strip();
    return where + ": " + message + (more.isEmpty() ? "" : " (" + more + ")");
  }
}
