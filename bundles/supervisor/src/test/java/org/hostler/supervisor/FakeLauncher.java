// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.Isolation;
import org.hostler.worker.WorkerId;
import org.hostler.worker.WorkerSignal;
import org.hostler.worker.spi.DatabaseMechanism.Ending;
import org.hostler.worker.spi.WorkerLauncher;

/** Lives on paper: records what is launched and what is asked of it, and does as it is told. */
final class FakeLauncher implements WorkerLauncher {

  /** A life on paper. */
  static final class Life implements LaunchedWorker {
    final WorkerId id;
    final BackgroundWorker worker;
    final LaunchListener listener;
    final List<WorkerSignal> signals = new ArrayList<>();
    int interrupts;
    boolean abandoned;
    private final FakeLauncher launcher;

    private Life(
        FakeLauncher launcher, WorkerId id, BackgroundWorker worker, LaunchListener listener) {
      this.launcher = launcher;
      this.id = id;
      this.worker = worker;
      this.listener = listener;
    }

    void exit(ExitStatus status) {
      listener.exited(status);
    }

    /** Ends as one does whose database is down. */
    void loseDatabase(String words) {
      listener.exited(ExitStatus.failed("connection lost"), new Ending("", words));
    }

    void fail() {
      exit(ExitStatus.failed("it failed"));
    }

    @Override
    public void start() {
      launcher.onStart.accept(this);
    }

    @Override
    public OptionalLong pid() {
      return OptionalLong.of(1);
    }

    @Override
    public OptionalLong threadId() {
      return OptionalLong.empty();
    }

    @Override
    public void signal(WorkerSignal signal) {
      signals.add(signal);
      if (signal == WorkerSignal.TERM) {
        launcher.onTerm.accept(this);
      }
    }

    @Override
    public void interrupt() {
      interrupts++;
    }

    @Override
    public void abandon() {
      abandoned = true;
    }

    @Override
    public String stack() {
      return "\tat nowhere\n";
    }
  }

  /** What a life does when it is launched; by default its main is entered at once. */
  Consumer<Life> onLaunch = life -> life.listener.started();

  /** What a life does when it is started, with the baton released; by default nothing. */
  Consumer<Life> onStart = life -> {};

  /** What a life does when it is asked to end; by default nothing. */
  Consumer<Life> onTerm = life -> {};

  /** Makes other lives than those on paper, for workers of that name. */
  final Map<String, WorkerLauncher> others = new HashMap<>();

  final List<Life> launched = new ArrayList<>();
  private int reported;

  @Override
  public Isolation isolation() {
    return Isolation.THREAD;
  }

  @Override
  public LaunchedWorker launch(WorkerId id, BackgroundWorker worker, LaunchListener listener) {
    WorkerLauncher other = others.get(worker.name());
    Life life = new Life(this, id, worker, listener);
    launched.add(life);
    onLaunch.accept(life);
    return other == null ? life : other.launch(id, worker, listener);
  }

  /** The names of the workers that were launched since this was last asked. */
  List<String> launches() {
    List<String> names =
        launched.subList(reported, launched.size()).stream().map(l -> l.worker.name()).toList();
    reported = launched.size();
    return names;
  }

  /** Forgets what was launched, so that a long run needs no memory. */
  void forget() {
    launched.clear();
    reported = 0;
  }
}
