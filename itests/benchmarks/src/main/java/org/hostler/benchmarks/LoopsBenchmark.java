// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What takes nanoseconds and needs no host: loops that JMH measures. They are among this module's
 * tests, whose class path the program is told.
 */
final class LoopsBenchmark {
  private static final String MAIN = "org.hostler.benchmarks.Loops";

  /** From here on the JDK warns of what JMH does. */
  private static final int WARNS_OF_UNSAFE = 23;

  private final Options options;

  LoopsBenchmark(Options options) {
    this.options = options;
  }

  void run(Results.Sink sink) throws IOException, InterruptedException {
    if (options.classPath().isEmpty()) {
      throw new IllegalStateException("classpath= names no class path with " + MAIN);
    }
    run(List.of(), "pinned=false", sink);
    List<String> onOne = Programs.onOneProcessor();
    if (!onOne.isEmpty()) {
      run(onOne, "pinned=true", sink);
    }
  }

  private void run(List<String> prefix, String pinned, Results.Sink sink)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.add(options.jdk().java().toString());
    if (options.jdk().feature() >= WARNS_OF_UNSAFE) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of("-cp", options.classPath(), MAIN));
    command.addAll(List.of("rounds=" + options.rounds(), "quick=" + options.quick(), pinned));
    Programs.run(new ProcessBuilder(command)).lines().forEach(line -> read(line, sink));
  }

  private static void read(String line, Results.Sink sink) {
    if (!sink.read(line)) {
      System.out.println(line);
    }
  }
}
