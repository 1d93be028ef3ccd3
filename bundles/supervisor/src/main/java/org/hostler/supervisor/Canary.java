// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hostler.supervisor.Inbox.Kind;
import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A virtual thread that is started again and again, while workers run, to see whether virtual
 * threads get to run.
 *
 * <p>They are not preempted: as many spinning workers as there are processors stop all others. When
 * the canary is late, the workers that keep a processor are named (event {@code starving}), and the
 * scheduler gets one more carrier for each, where the JVM allows that (24 and later), until they
 * end. Where there are no virtual threads there is nothing to do.
 */
final class Canary {
  private static final Logger LOG = LoggerFactory.getLogger(Canary.class);
  private static final long LATE = Duration.ofMillis(500).toNanos();
  private static final int LONGEST_STACK = 6;

  /** As many slots are looked at for a worker that runs; with more the canary is sent anyway. */
  private static final int FEW = 64;

  /** As many looks after more carriers were asked for; each may hit a queue that is in use. */
  private static final int MOST_NUDGES = 50;

  private final Supervisor supervisor;
  private final CarrierCount carriers;
  private final Consumer<Runnable> threads;
  private final Set<WorkerLife> spinning = new HashSet<>();
  private Set<WorkerLife> suspects = new HashSet<>();
  private volatile List<String> notes = List.of();
  private volatile boolean sang = true;
  private long sent;

  /** How often the scheduler is still to be told that it has more carriers than it uses. */
  private int nudges;

  /**
   * Makes one.
   *
   * @param threads runs what it is given in a new virtual thread
   */
  Canary(Supervisor supervisor, CarrierCount carriers, Consumer<Runnable> threads) {
    this.supervisor = supervisor;
    this.carriers = carriers;
    this.threads = threads;
  }

  /** Returns the workers that keep a processor now, in words; empty when there are none. */
  List<String> notes() {
    return notes;
  }

  /** Looks whether the canary ran, and sends the next; called by the watchdog. */
  void look(long now) {
    if (!VirtualThreads.available()) {
      return;
    }
    if (sang && mayStarve()) {
      sang = false;
      sent = now;
      nudges = 0;
      threads.accept(() -> sang = true);
      suspects = Set.of();
    } else if (!sang && now - sent >= LATE) {
      name();
    }
    if (!sang && nudges > 0) {
      nudges--;
      nudge();
    }
    if (!spinning.isEmpty()) {
      forgetEnded();
    }
  }

  /**
   * Tells whether some worker may keep a processor. While all wait there is none to be named, and a
   * host with nothing to do is not to wake its carriers four times a second.
   */
  private boolean mayStarve() {
    int end = supervisor.table.length();
    if (end > FEW) {
      return true;
    }
    for (int i = 0; i < end; i++) {
      if (supervisor.table.life(i) instanceof WorkerLife life && !waits(life)) {
        return true;
      }
    }
    return false;
  }

  private static boolean waits(WorkerLife life) {
    Thread thread = life.thread();
    return thread != null && thread.getState() != Thread.State.RUNNABLE;
  }

  /** Names those that were seen running twice in a row. */
  private void name() {
    Set<WorkerLife> running = running();
    List<WorkerLife> named = new ArrayList<>(running);
    named.retainAll(suspects);
    suspects = running;
    named.removeAll(spinning);
    if (named.isEmpty()) {
      return;
    }
    spinning.addAll(named);
    update(); // first: whoever holds the baton may be one that waits for a carrier
    named.forEach(life -> announce(life.id(), stack(life)));
  }

  private Set<WorkerLife> running() {
    Set<WorkerLife> found = new HashSet<>();
    for (int i = 0; i < supervisor.table.length(); i++) {
      if (supervisor.table.life(i) instanceof WorkerLife life && isRunning(life)) {
        found.add(life);
      }
    }
    return found;
  }

  /** Tells whether a life is on a processor: runnable, and not just about to be continued. */
  private static boolean isRunning(WorkerLife life) {
    Thread thread = life.thread();
    if (thread == null
        || thread.getState() != Thread.State.RUNNABLE
        || !VirtualThreads.isVirtual(thread)) {
      return false;
    }
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0 && !stack[0].getClassName().startsWith("java.lang.VirtualThread");
  }

  private static String stack(WorkerLife life) {
    List<String> frames = life.stack().lines().map(String::strip).limit(LONGEST_STACK).toList();
    return String.join(" ", frames);
  }

  private void announce(WorkerId id, String stack) {
    supervisor.post(
        Kind.REQUEST,
        () -> {
          @Nullable WorkerSlot slot = supervisor.table.slot(id.slot(), id.generation());
          if (slot != null && slot.incarnation() == id.incarnation()) {
            supervisor
                .hands()
                .announce(
                    slot,
                    WorkerEvent.Kind.STARVING,
                    "it runs without a pause " + stack,
                    supervisor.moment());
          }
        });
  }

  private void forgetEnded() {
    if (spinning.removeIf(life -> !isRunning(life))) {
      update();
    }
  }

  /**
   * Has the scheduler look at its carriers. It does so only when something comes into an empty
   * queue, not when it is given more carriers; and what waits already stands in the queues of those
   * who sent it. A thread that has sent nothing yet has, most likely, an empty one.
   */
  private void nudge() {
    HostThreads.daemon("hostler-canary-nudge", () -> threads.accept(() -> {})).start();
  }

  /** Runs something in a virtual thread of the canary's name. */
  static void fly(Runnable runnable) {
    VirtualThreads.make("hostler-canary", runnable).start();
  }

  private void update() {
    int more = carriers.more(spinning.size());
    nudges = MOST_NUDGES;
    LOG.info(
        "{} workers keep a processor each; the scheduler of virtual threads has {} carriers more",
        spinning.size(),
        more);
    notes =
        spinning.stream()
            .map(
                life ->
                    "worker \"%s\" (%s) keeps a processor from others"
                        .formatted(life.entry().name(), life.id()))
            .sorted()
            .toList();
  }
}
