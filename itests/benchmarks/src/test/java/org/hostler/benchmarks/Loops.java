// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The program that runs what is measured in loops: a figure for each iteration that counts. */
public final class Loops {
  private static final String PACKAGE = "org.hostler.supervisor.";

  private final boolean quick;
  private final int rounds;
  private final Figures figures = new Figures(System.out);

  private Loops(int rounds, boolean quick) {
    this.rounds = rounds;
    this.quick = quick;
  }

  /**
   * Runs them.
   *
   * @param arguments {@code rounds=N quick=true|false pinned=true|false}; when it is pinned to one
   *     processor, what two threads do to each other, else what one does alone
   */
  public static void main(String[] arguments) throws RunnerException {
    List<String> words = Arrays.asList(arguments);
    int rounds =
        words.stream()
            .filter(word -> word.startsWith("rounds="))
            .mapToInt(word -> Integer.parseInt(word.substring("rounds=".length())))
            .findFirst()
            .orElse(5);
    Loops loops = new Loops(rounds, words.contains("quick=true"));
    if (!words.contains("pinned=true")) {
      loops.timers();
    } else if (BareThreads.haveVirtual()) { // else it is workers that are measured so, in a host
      loops.latches();
    }
  }

  private void timers() throws RunnerException {
    run("timer schedule", "DeadlineLoops.schedule", Mode.SingleShotTime);
    run("timer cancel", "DeadlineLoops.cancel", Mode.SingleShotTime);
    run("bare STPE schedule", "ExecutorLoops.schedule", Mode.SingleShotTime);
    run("bare STPE cancel", "ExecutorLoops.cancel", Mode.SingleShotTime);
  }

  private void latches() throws RunnerException {
    run("latch round-trip", "LatchLoops.roundTrip", Mode.AverageTime);
    run("bare park round-trip in loops", "ParkLoops.roundTrip", Mode.AverageTime);
  }

  private void run(String name, String loop, Mode mode) throws RunnerException {
    boolean once = mode == Mode.SingleShotTime; // one iteration is one invocation
    TimeUnit unit = once ? TimeUnit.NANOSECONDS : TimeUnit.MICROSECONDS;
    TimeValue time = TimeValue.milliseconds(quick ? 100 : 1_000);
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include(Pattern.quote(PACKAGE + loop))
                    .mode(mode)
                    .timeUnit(unit)
                    .forks(1)
                    .jvmArgsAppend(quietly())
                    .warmupIterations(once && !quick ? 10 : 3)
                    .warmupTime(time)
                    .measurementIterations(rounds)
                    .measurementTime(time)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .runSingle();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        figures.add(name, once ? "ns" : "us", iteration.getPrimaryResult().getScore());
      }
    }
  }

  /** JMH uses what later JVMs warn of. */
  private static String[] quietly() {
    return Runtime.version().feature() >= 24
        ? new String[] {"--sun-misc-unsafe-memory-access=allow"}
        : new String[0];
  }
}
