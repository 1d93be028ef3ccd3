// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.workerspi;

import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.Datum;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.StartTime;
import org.hostler.worker.WorkerFlag;
import org.hostler.worker.WorkerId;

/** The workers of this library, as they are registered. */
final class SpiWorkers {
  /** The function that counts, PostgreSQL's {@code worker_spi_main}. */
  static final String MAIN = "worker_spi_main";

  /** The function that launches another worker, PostgreSQL's {@code worker_spi_launch}. */
  static final String LAUNCH = "worker_spi_launch";

  private static final String LIBRARY = "org.hostler.sample.worker-spi";

  private SpiWorkers() {}

  /** A worker of the preload list. */
  static BackgroundWorker fixed(int index) {
    return counting("worker_spi worker " + index, "worker_spi", index).build();
  }

  /** A worker that is launched on request and wakes whoever asked for it. */
  static BackgroundWorker launched(int index, WorkerId by) {
    return counting("worker_spi dynamic worker " + index, "worker_spi dynamic", index)
        .notify(by)
        .build();
  }

  private static BackgroundWorker.Builder counting(String name, String type, int index) {
    return BackgroundWorker.builder(name)
        .type(type)
        .flag(WorkerFlag.DATABASE_CONNECTION)
        .startTime(StartTime.RECOVERY_FINISHED)
        .restart(RestartPolicy.never())
        .library(LIBRARY)
        .function(MAIN)
        .mainArg(index);
  }

  /**
   * Reads the argument of either function: the number of a schema, as an integer or as text.
   *
   * @throws IllegalArgumentException when it is none
   */
  static int index(Datum argument) {
    String text = argument instanceof Datum.Text given ? given.value() : argument.toString();
    if (!text.matches("\\d{1,9}")) {
      throw new IllegalArgumentException(
          "argument \"%s\": expected the number of a schema, from 0 to 999999999".formatted(text));
    }
    return Integer.parseInt(text);
  }
}
