// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hostler.worker.SettingsRefused;
import org.hostler.worker.SettingsSnapshot;

/**
 * What {@code worker_limits.<library>} says of one library's slots, so that no extension starves
 * another.
 *
 * @param reserve as many slots are kept free for it
 * @param cap it never gets more than this
 */
record WorkerLimits(int reserve, int cap) {
  /** How the names of these settings begin; the library follows. */
  static final String PREFIX = "worker_limits.";

  private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,6})\\s*:\\s*(\\d{1,6})\\s*");

  /** Reads {@code RESERVE:CAP}, the value of the setting of the given name. */
  static WorkerLimits parse(String name, String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new SettingsRefused(
          "setting \"%s\": \"%s\" is not RESERVE:CAP".formatted(name, text),
          "",
          "Write two numbers of workers, for instance 2:10.");
    }
    WorkerLimits limits =
        new WorkerLimits(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    if (limits.reserve > limits.cap) {
      throw new SettingsRefused(
          "setting \"%s\": reserves more than its cap".formatted(name),
          "%d slots are reserved, the cap is %d.".formatted(limits.reserve, limits.cap),
          "Write the smaller number first.");
    }
    return limits;
  }

  /** Refuses a configuration that reserves more slots than there are. */
  static Optional<SettingsRefused> check(SettingsSnapshot settings) {
    int slots = settings.integer(HostlerSettings.MAX_WORKER_PROCESSES);
    int reserved = 0;
    for (String name : settings.names(PREFIX)) {
      reserved += parse(name, settings.text(name)).reserve;
    }
    return reserved <= slots
        ? Optional.empty()
        : Optional.of(
            new SettingsRefused(
                "setting \"%s\": fewer slots than are reserved"
                    .formatted(HostlerSettings.MAX_WORKER_PROCESSES),
                "There are %d slots; worker_limits reserves %d.".formatted(slots, reserved),
                "Raise it, or reserve less."));
  }
}
