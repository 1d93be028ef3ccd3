// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import org.hostler.worker.BackgroundWorkers;

/**
 * What as many bare threads as there are workers in {@link MemoryBenchmark} take of the memory; in
 * a fresh host, too, since a JVM does not give back what threads have had.
 */
final class BareMemoryBenchmark implements InHost {
  private final Effort effort;

  BareMemoryBenchmark(Effort effort) {
    this.effort = effort;
  }

  @Override
  public void run(Functions functions, BackgroundWorkers workers, PrintStream out)
      throws IOException {
    boolean virtual = BareThreads.haveVirtual();
    int count = effort.most();
    Memory empty = Memory.now();
    try (BareCrowd crowd = new BareCrowd(virtual)) {
      crowd.fill(count);
      new Figures(out)
          .add(
              virtual ? "bare memory each virtual" : "bare memory each platform",
              "bytes",
              (Memory.now().resident() - empty.resident()) / (double) count);
    }
  }
}
