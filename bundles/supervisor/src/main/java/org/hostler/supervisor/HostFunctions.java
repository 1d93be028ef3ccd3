// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hostler.worker.WorkerMain;

/** The host's own functions, PostgreSQL's table of internal entry points (contract S8). */
final class HostFunctions {
  private static final Duration LONG = Duration.ofDays(1);

  private static final Map<String, WorkerMain> ALL =
      Map.of(
          "noop",
          context -> {
            // returning is all it is for
          },
          "sleep",
          context -> {
            for (; ; ) {
              context.latch().reset();
              context.checkForInterrupts();
              context.latch().await(LONG);
            }
          });

  private HostFunctions() {}

  static Map<String, WorkerMain> all() {
    return ALL;
  }

  static SortedSet<String> names() {
    return new TreeSet<>(ALL.keySet());
  }
}
