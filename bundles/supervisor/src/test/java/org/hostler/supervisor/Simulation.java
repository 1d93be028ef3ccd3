// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.hostler.supervisor.ManualSupervisor.worker;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.RegistrationRefused;
import org.hostler.worker.RestartPolicy;
import org.hostler.worker.WorkerId;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.hostler.worker.stat.HostStat.Phase;
import org.hostler.worker.stat.WorkerState;

/**
 * A host in which everything goes wrong all the time, on virtual time: launches fail, lives end
 * with any status at any moment or never, ignore requests, start late; bundles go and come; a
 * person terminates, restarts and signals at random. The same seed is the same run.
 */
final class Simulation {
  private static final int SLOTS = 100;
  private static final String FLAKY = "org.flaky";
  private static final String[] POLICIES = {
    "never",
    "0,limit=50/1s",
    "10ms",
    "1s",
    "10s",
    "backoff:10ms..5s",
    "backoff:10ms..5s,factor=3,jitter=0.5",
    "100ms,limit=3/2s",
    "backoff:10ms..1s,jitter=1,limit=5/3s"
  };

  /** Something that is going to happen. */
  private record Happening(long at, long number, Runnable what) {}

  /** A life and what has become of it. */
  private static final class Paper {
    final FakeLauncher.Life life;
    final boolean stubborn;
    boolean over;

    Paper(FakeLauncher.Life life, boolean stubborn) {
      this.life = life;
      this.stubborn = stubborn;
    }
  }

  final ManualSupervisor host = new ManualSupervisor().slots(SLOTS);
  final SimulationRules rules = new SimulationRules(host);
  private final DatabaseReports databases = new DatabaseReports(host.supervisor, phase -> {});
  private final Random random;
  private final PriorityQueue<Happening> agenda =
      new PriorityQueue<>(
          Comparator.comparingLong(Happening::at).thenComparingLong(Happening::number));
  private final Map<FakeLauncher.Life, Paper> papers = new LinkedHashMap<>();
  private long happenings;
  private int lives;

  Simulation(long seed) {
    random = new Random(seed);
    host.launcher.onLaunch = this::launched;
    host.launcher.onTerm = this::termed;
  }

  /** Runs until there were so many lives, then stops the host; returns how many there were. */
  int run(int most) {
    after(0, this::somebodyDoesSomething);
    while (lives < most) {
      next();
    }
    host.stop();
    rules.check();
    host.tick(Slots.STOP_TIMEOUT);
    while (!agenda.isEmpty()) {
      next();
    }
    List.copyOf(papers.values()).forEach(paper -> end(paper, ExitStatus.failed("in the end")));
    rules.checkEnd();
    return lives;
  }

  private void next() {
    Happening happening = agenda.remove();
    while (host.supervisor.nextDeadline() < happening.at()) {
      host.tick(Duration.ofNanos(Math.max(0, host.supervisor.nextDeadline() - host.now())));
      rules.check();
    }
    host.tick(Duration.ofNanos(happening.at() - host.now()));
    happening.what().run();
    rules.check();
  }

  private void after(long millis, Runnable what) {
    agenda.add(new Happening(host.now() + millis * 1_000_000, happenings++, what));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  // ---- lives

  private void launched(FakeLauncher.Life life) {
    lives++;
    host.launcher.forget();
    rules.launched(life.id, life.worker);
    if (chance(3)) {
      throw new OutOfMemoryError("unable to create native thread");
    }
    Paper paper = new Paper(life, chance(3));
    papers.put(life, paper);
    if (chance(90)) {
      started(paper);
    } else {
      after(random.nextInt(500), () -> started(paper));
    }
    if (!chance(10)) {
      after(random.nextInt(1 << random.nextInt(13)), () -> end(paper, anyStatus()));
    }
  }

  private void started(Paper paper) {
    if (paper.over) {
      return;
    }
    paper.life.listener.started();
    if (chance(30)) {
      paper.life.listener.ready();
    }
    if (chance(5)) {
      end(paper, anyStatus());
    }
  }

  private ExitStatus anyStatus() {
    return switch (random.nextInt(10)) {
      case 0 -> ExitStatus.done();
      case 1 -> ExitStatus.of(2 + random.nextInt(250));
      default -> ExitStatus.failed("it failed");
    };
  }

  private void end(Paper paper, ExitStatus status) {
    if (!paper.over) {
      paper.over = true;
      papers.remove(paper.life);
      rules.ended(paper.life.id);
      if (host.databases.down.isEmpty() || chance(70)) {
        paper.life.exit(status);
      } else {
        paper.life.listener.exited(status, new Ending("select 1", host.databases.down));
      }
    }
  }

  private void termed(FakeLauncher.Life life) {
    Paper paper = papers.get(life);
    if (!paper.stubborn) {
      boolean returns = chance(20);
      after(
          random.nextInt(chance(90) ? 100 : 9_000),
          () -> end(paper, returns ? ExitStatus.done() : ExitStatus.failed("asked to end")));
    }
  }

  // ---- people and bundles

  private void somebodyDoesSomething() {
    if (host.supervisor.stopping()) {
      return;
    }
    after(random.nextInt(20), this::somebodyDoesSomething);
    List<WorkerSlot> all = rules.registered();
    if (all.isEmpty() || chance(all.size() < SLOTS ? 40 : 2)) {
      register();
      return;
    }
    WorkerSlot slot = any(all);
    switch (random.nextInt(20)) {
      case 0 -> host.deliver(slot.id(), new Event.Terminate());
      case 1, 2 -> {
        rules.restarted(slot);
        host.deliver(slot.id(), new Event.Restart());
      }
      case 3 -> host.deliver(slot.id(), new Event.Signal(any(List.of(WorkerSignal.values()))));
      case 4 -> host.deliver(slot.id(), new Event.Explained(Slots.STOPPED));
      case 5 -> host.deliver(slot.id(), new Event.Readopted(slot.worker()));
      case 6 -> bundleGoes(all);
      case 7 -> phaseChanges();
      case 8 -> host.slots(SLOTS);
      case 9 -> databaseGoes(all);
      default -> somebodyTerminatesAStubbornOne();
    }
  }

  private void somebodyTerminatesAStubbornOne() {
    for (Paper paper : papers.values()) {
      WorkerSlot slot = host.slot(paper.life.id);
      if (slot != null && slot.state() == WorkerState.ABANDONED && chance(20)) {
        after(random.nextInt(100), () -> end(paper, anyStatus()));
      }
    }
  }

  private void register() {
    RestartPolicy policy = RestartPolicy.parse(POLICIES[random.nextInt(POLICIES.length)]);
    String library = chance(30) ? FLAKY : "org.acme.jobs";
    try {
      WorkerId id = host.register(worker("w").library(library).restart(policy)).id();
      rules.registered(id, policy);
    } catch (RegistrationRefused refused) {
      rules.refused(refused);
    }
  }

  private void bundleGoes(List<WorkerSlot> all) {
    if (!host.missing.add(FLAKY)) {
      return;
    }
    rules.disturbed();
    for (WorkerSlot slot : all) {
      if (slot.worker().library().equals(FLAKY)) {
        host.deliver(slot.id(), new Event.Drain(Slots.STOPPED));
      }
    }
    after(random.nextInt(3_000), this::bundleComes);
  }

  private void bundleComes() {
    host.missing.clear();
    rules.disturbed();
    for (WorkerSlot slot : rules.registered()) {
      if (slot.worker().library().equals(FLAKY)) {
        host.deliver(slot.id(), new Event.CauseGone());
      }
    }
  }

  /** Each third return of it is not told to anybody. */
  private void databaseGoes(List<WorkerSlot> all) {
    if (!host.databases.down.isEmpty()) {
      return;
    }
    rules.disturbed();
    host.databases.down = "connection refused";
    if (chance(20)) {
      all.forEach(slot -> databases.hold(slot.id(), "it is being removed"));
    }
    after(random.nextInt(7_000), this::databaseComes);
  }

  private void databaseComes() {
    rules.disturbed();
    host.databases.down = "";
    if (!chance(33)) {
      databases.back(rules.registered().stream().map(WorkerSlot::id).toList());
    }
  }

  private void phaseChanges() {
    if (host.supervisor.phase() == Phase.RUN) {
      rules.disturbed();
      host.phase(Phase.HOT_STANDBY);
      after(
          random.nextInt(500),
          () -> {
            rules.disturbed();
            if (!host.supervisor.stopping()) {
              host.phase(Phase.RUN);
            }
          });
    }
  }
}
