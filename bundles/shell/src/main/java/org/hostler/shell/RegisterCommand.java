// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.Datum;
import org.hostler.worker.Isolation;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.StartTime;
import org.hostler.worker.WorkerFlag;
import org.hostler.worker.stat.WorkerStat;
import org.hostler.worker.stat.WorkerStats;

/** {@code bgw:register}: registers a dynamic worker. */
final class RegisterCommand implements Command {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kmgt]?)b?");
  private static final Pattern BYTES = Pattern.compile("bytes:(\\p{XDigit}{2})*");
  private static final String D = "\\s*\\d+(\\.\\d+)?\\s*(us|ms|s|min|h|d)?\\s*";

  /** What is written as a restart policy; whether the numbers are possible is another matter. */
  private static final Pattern RESTART =
      Pattern.compile(
          ("\\s*(never|-1)\\s*|(D|backoff:D\\.\\.D|backoff\\(D,D\\))"
                  + "(,healthy=D|,limit=\\d+/D|,(factor|jitter)=[\\d.]+)*")
              .replace("D", D));

  private static final Syntax SYNTAX =
      Syntax.of("register", "registers a dynamic worker and prints its id")
          .option("name", "N", Values.TEXT, "its name; default FUNCTION")
          .option("type", "T", Values.TYPE, "its type; default its name")
          .with(new Option("flag", "F", Values.FLAG, true, false, "what it needs"))
          .option("start", "S", Values.START, "when it may start; default recovery_finished")
          .option("restart", "R", Values.RESTART, "after a failure; default never")
          .option("arg", "A", Values.TEXT, "its main argument")
          .option("extra", "E", Values.TEXT, "its extra data, a text")
          .option("isolation", "I", Values.ISOLATION, "where it runs; default: as settings say")
          .option("heap", "64m", Values.TEXT, "the heap of a process worker")
          .flag("defer", "accepts a library or function that is not known yet")
          .option("wait", "EVENT", Values.MILESTONE, "returns when that has happened")
          .option("timeout", "10s", Values.DURATION, "how long to wait at most")
          .json()
          .operand("LIBRARY", Values.LIBRARY, "a symbolic name, perhaps with @1.2..2")
          .operand("FUNCTION", Values.FUNCTION, "the function to run")
          .note(
              "R: never, or a duration (10s, 500ms, 0), or backoff:MIN..MAX; then any of ,factor=F"
                  + " ,jitter=J ,healthy=D ,limit=N/W.")
          .note(
              "A: an integer, decimal, true, false, else a text; text:… and bytes:HEX force a"
                  + " type.")
          .note("A wait that times out ends with 4; the worker stays registered.");

  private final Host host;

  RegisterCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed, InterruptedException {
    WorkerStats stats = host.stats();
    BackgroundWorker worker = worker(line);
    if (!line.has("defer")) {
      check(line, worker, stats);
    }
    BackgroundWorkerHandle handle = host.workers().registerDynamic(worker);
    Optional<WorkerStat> registered = handle.stat(); // it may be gone before a wait is over
    if (!line.has("json")) {
      out.line(handle.id().toString()); // before waiting: whoever gives up knows what to look for
      await(line, worker, handle, stats);
      return;
    }
    try {
      await(line, worker, handle, stats);
    } finally {
      Optional<WorkerStat> last = handle.stat().or(() -> registered);
      if (last.isPresent()) {
        SessionView sessions = SessionView.of(host);
        out.json(json -> WorkerView.json(json, last.get(), sessions.of(handle.id())));
      } else {
        out.json(json -> WorkerView.goneJson(json, handle.id(), worker));
      }
    }
  }

  private static void check(CommandLine line, BackgroundWorker worker, WorkerStats stats)
      throws CommandFailed {
    try {
      KnownFunctions.check(worker.library(), worker.function(), stats.functions());
    } catch (IllegalArgumentException e) {
      throw line.usage("LIBRARY \"%s\": %s".formatted(worker.library(), e.getMessage()));
    }
  }

  private static void await(
      CommandLine line, BackgroundWorker worker, BackgroundWorkerHandle handle, WorkerStats stats)
      throws CommandFailed, InterruptedException {
    if (line.has("wait")) {
      Milestone milestone = Milestone.parse(line.value("wait").orElseThrow());
      String subject = "worker \"%s\" (%s)".formatted(worker.name(), handle.id());
      Duration timeout = line.timeout();
      WaitCommand.await(stats, handle.id(), subject, milestone, timeout);
    }
  }

  /** Builds the worker that the line describes. */
  static BackgroundWorker worker(CommandLine line) throws CommandFailed {
    String function = line.required(1);
    BackgroundWorker.Builder builder =
        BackgroundWorker.builder(name(line))
            .library(line.required(0))
            .function(function)
            .restart(restart(line));
    line.value("type").ifPresent(builder::type);
    line.value("start").map(StartTime::parse).ifPresent(builder::startTime);
    line.value("extra").ifPresent(builder::extra);
    line.value("isolation").map(Isolation::parse).ifPresent(builder::isolation);
    for (String flag : line.values("flag")) {
      builder.flag(WorkerFlag.valueOf(flag.toUpperCase(Locale.ROOT)));
    }
    if (line.has("heap")) {
      builder.heap(bytes(line, line.value("heap").orElseThrow()));
    }
    String argument = line.value("arg").orElse("");
    if (argument.startsWith("bytes:") && !BYTES.matcher(argument).matches()) {
      throw line.usage(
          "--arg \"%s\": expected pairs of hex digits after bytes:".formatted(argument));
    }
    try {
      line.value("arg").map(Datum::parse).ifPresent(builder::mainArg);
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw CommandFailed.refused(e);
    }
  }

  private static RestartPolicy restart(CommandLine line) throws CommandFailed {
    if (!line.has("restart")) {
      return RestartPolicy.never();
    }
    String restart = line.value("restart").orElseThrow();
    if (!RESTART.matcher(restart).matches()) {
      throw line.usage(
          "--restart \"%s\": expected never, a duration or backoff:MIN..MAX".formatted(restart));
    }
    try {
      return RestartPolicy.parse(restart);
    } catch (IllegalArgumentException e) {
      throw CommandFailed.refused(
          "worker \"%s\": its restart policy is not possible".formatted(name(line)),
          String.valueOf(e.getMessage()),
          "bgw:register --help shows the forms");
    }
  }

  private static String name(CommandLine line) {
    return line.value("name").orElse(line.required(1));
  }

  private static long bytes(CommandLine line, String size) throws CommandFailed {
    Matcher matcher = SIZE.matcher(size.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw line.usage("--heap \"%s\": expected a number and k, m or g".formatted(size));
    }
    int thousands = List.of("", "k", "m", "g", "t").indexOf(matcher.group(2));
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * thousands));
    } catch (ArithmeticException e) {
      throw line.usage("--heap \"%s\": too large".formatted(size));
    }
  }
}
