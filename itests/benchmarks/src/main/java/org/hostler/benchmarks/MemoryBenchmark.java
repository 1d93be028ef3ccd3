// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import javax.management.JMException;
import org.hostler.worker.BackgroundWorkers;

/**
 * What workers take of the machine's memory, and what of that is what: 100,000 in a fresh host,
 * where virtual threads are not to be had 10,000.
 *
 * <p>In a host that has not run anything else yet the workers' stacks are an interpreter's, three
 * times as large as those of compiled code: the worst case. It measures one round; another one
 * needs another host.
 */
final class MemoryBenchmark implements InHost {
  private static final double MEGABYTE = 1 << 20;

  private final Effort effort;

  MemoryBenchmark(Effort effort) {
    this.effort = effort;
  }

  @Override
  public void run(Functions functions, BackgroundWorkers workers, PrintStream out)
      throws IOException, JMException {
    Figures figures = new Figures(out);
    int count = effort.most();
    try (Crowd crowd = new Crowd(functions, workers, Functions::staying)) {
      crowd.reserve(count);
      final Histogram before = Histogram.now();
      Memory empty = Memory.now();
      crowd.fill(count);
      Memory full = Memory.now();
      Histogram after = Histogram.now();
      total(figures, empty, full, count);
      parts(figures, empty, full, after.since(before), count);
    }
  }

  private static void total(Figures figures, Memory empty, Memory full, int count) {
    long more = full.resident() - empty.resident();
    if (BareThreads.haveVirtual()) {
      figures.add("memory resident fresh", "MB", more / MEGABYTE);
      figures.add("memory each fresh", "bytes", more / (double) count);
    } else {
      figures.add("memory each platform", "bytes", more / (double) count);
    }
  }

  private static void parts(Figures figures, Memory empty, Memory full, Histogram more, int count) {
    long objects = 0;
    for (var part : MemoryPart.parts(more).entrySet()) {
      figures.add("memory part " + part.getKey(), "bytes", part.getValue() / (double) count);
      objects += part.getValue();
    }
    long resident = full.resident() - empty.resident();
    figures.add("memory part outside objects", "bytes", (resident - objects) / (double) count);
  }
}
