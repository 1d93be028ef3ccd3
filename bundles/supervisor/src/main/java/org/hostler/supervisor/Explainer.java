// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.List;
import org.hostler.worker.DurationText;
import org.hostler.worker.RestartPolicy.Delayed;
import org.hostler.worker.stat.Explanation;
import org.hostler.worker.stat.WorkerReason.Code;
import org.hostler.worker.stat.WorkerStat;

/** Says in words why a worker is in its state and what comes next; pure, never without words. */
final class Explainer {
  private static final int DELAYS = 10;

  private Explainer() {}

  static Explanation explain(WorkerSlot slot, WorkerStat stat, Rules rules, List<String> notes) {
    return new Explanation(
        stat, why(slot, stat), next(slot, stat, rules), RestartDecision.next(slot, DELAYS), notes);
  }

  private static String why(WorkerSlot slot, WorkerStat stat) {
    String exit =
        stat.lastExit().map(e -> "its last life ended with " + e + cause(e.cause())).orElse("");
    return switch (stat.state()) {
      case REQUESTED -> "it is registered; shared_preload_libraries is still being worked off";
      case PENDING -> stat.reason().map(r -> "it waits: " + r).orElse("it is about to be launched");
      case STARTING -> "it was handed to a thread, which has not entered its main yet";
      case RUNNING -> "its main is running; it has not said that it is ready, which is optional";
      case READY -> "its main is running and it has said that it is ready";
      case BACKOFF -> exit + "; it waits for its restart delay";
      case STOPPING -> "it was asked to stop (%s) and has not ended yet".formatted(asked(slot));
      case ABANDONED ->
          "it ignored every request until its deadline; a thread cannot be killed, so it keeps its"
              + " slot until its thread ends";
      case PARKED -> stat.reason().map(Object::toString).orElse("it is parked");
    };
  }

  private static String asked(WorkerSlot slot) {
    WorkerSlot.Stopping stopping = slot.stopping();
    return stopping == null
        ? "just now"
        : switch (stopping.cause()) {
          case SIGNAL -> "by signal TERM";
          case RESTART -> "to be restarted";
          case DRAIN -> String.valueOf(stopping.parkAs());
          case TERMINATE -> "for good";
        };
  }

  private static String cause(String cause) {
    return cause.isEmpty() ? "" : " (" + cause + ")";
  }

  private static String next(WorkerSlot slot, WorkerStat stat, Rules rules) {
    String timeout = DurationText.format(rules.lifecycle().stopTimeout());
    return switch (stat.state()) {
      case REQUESTED -> "it is launched when preloading is over";
      case PENDING -> "it is launched when that is over";
      case STARTING -> "its main is entered";
      case RUNNING, READY -> afterExit(slot);
      case BACKOFF ->
          "it is started at "
              + stat.nextStartAt().map(Object::toString).orElse("once")
              + "; bgw:restart %s starts it now".formatted(stat.id());
      case STOPPING ->
          "it is interrupted every %s and abandoned when %s are over"
              .formatted(DurationText.format(rules.lifecycle().interruptDelay()), timeout);
      case ABANDONED -> "nothing, until its thread ends or the host is restarted";
      case PARKED -> parked(stat);
    };
  }

  private static String afterExit(WorkerSlot slot) {
    return slot.worker().restart() instanceof Delayed
        ? "status 0 unregisters it; any other starts it again by its policy %s"
            .formatted(slot.worker().restart())
        : "any exit unregisters it: its restart policy is never";
  }

  private static String parked(WorkerStat stat) {
    String restart = "bgw:restart %s tries at once".formatted(stat.id());
    boolean limit = stat.reason().filter(r -> r.code() == Code.LIMIT_REACHED).isPresent();
    if (limit) {
      return "nothing, until a person decides: bgw:restart %s starts it with a fresh budget"
          .formatted(stat.id());
    } else if (stat.reason().filter(r -> r.code() == Code.DATABASE_DOWN).isPresent()) {
      return "it is started at once when its database is back, and no restart is used up by that; "
          + restart;
    }
    return "it is started at once when the cause goes"
        + stat.nextStartAt().map(at -> ", and tried again at " + at).orElse("")
        + "; "
        + restart;
  }
}
