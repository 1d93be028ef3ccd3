// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.time.Duration;
import org.hostler.worker.DurationText;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerStat;
import org.hostler.worker.stat.WorkerStats;

/** {@code bgw:wait}: blocks until something has happened to a worker. */
final class WaitCommand implements Command {
  private static final Syntax SYNTAX =
      Syntax.of("wait", "waits until an event of a worker has happened")
          .with(
              new Option(
                  "for", "EVENT", Values.MILESTONE, false, true, "the event, in any of its lives"))
          .option("timeout", "10s", Values.DURATION, "how long to wait at most")
          .operand("WORKER", Values.WORKER, "slot, id or unique name")
          .note("A crash is an exit, too. An event of the past counts. A time-out ends with 4.");

  private final Host host;

  WaitCommand(Host host) {
    this.host = host;
  }

  @Override
  public Syntax syntax() {
    return SYNTAX;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed, InterruptedException {
    WorkerStats stats = host.stats();
    Found found = new WorkerNames(stats).find(line.required(0));
    Milestone milestone = Milestone.parse(line.value("for").orElseThrow());
    await(stats, found.id(), found.subject(), milestone, line.timeout());
  }

  /** Waits, for this command and {@code bgw:register --wait}. */
  static void await(
      WorkerStats stats, WorkerId id, String subject, Milestone milestone, Duration timeout)
      throws CommandFailed, InterruptedException {
    switch (EventWait.await(stats, id, milestone, timeout)) {
      case HAPPENED -> {}
      case NEVER ->
          throw CommandFailed.refused(
              "%s: is gone and was never %s".formatted(subject, milestone),
              "",
              "bgw:history %s shows what happened to it".formatted(id));
      case TIMED_OUT ->
          throw CommandFailed.timedOut(
              "%s: is not %s yet".formatted(subject, milestone),
              stats
                  .worker(id)
                  .map(s -> "after %s it is %s".formatted(DurationText.format(timeout), remark(s)))
                  .orElse("waited " + DurationText.format(timeout)));
    }
  }

  private static String remark(WorkerStat stat) {
    String remark = WorkerView.remark(stat);
    return stat.state() + (remark.isEmpty() ? "" : " (" + remark + ")");
  }
}
