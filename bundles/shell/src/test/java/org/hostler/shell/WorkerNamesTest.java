// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hostler.worker.WorkerId;
import org.hostler.worker.stat.WorkerEvent;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Test;

class WorkerNamesTest {
  private final Seen seen =
      new Seen()
          .worker(0, 1, "job", WorkerState.RUNNING)
          .worker(3, 17, "twin", WorkerState.RUNNING)
          .worker(4, 18, "twin", WorkerState.PARKED)
          .worker(5, 19, "7", WorkerState.RUNNING)
          .event(3, 5, "old", WorkerEvent.Kind.REGISTERED, 0)
          .event(3, 5, "old", WorkerEvent.Kind.CRASHED, 3)
          .event(3, 5, "old", WorkerEvent.Kind.UNREGISTERED, 0)
          .event(9, 6, "old", WorkerEvent.Kind.REGISTERED, 0)
          .event(9, 6, "old", WorkerEvent.Kind.UNREGISTERED, 0);
  private final WorkerNames names = new WorkerNames(seen);

  private String id(String typed) throws CommandFailed {
    return names.live(typed).id().toString();
  }

  @Test
  void aWorkerIsFoundBySlotByIdAndByName() throws Exception {
    assertThat(id("3")).isEqualTo("3:17");
    assertThat(id("03")).isEqualTo("3:17");
    assertThat(id("3:17")).isEqualTo("3:17");
    assertThat(id("job")).isEqualTo("0:1");
    assertThat(id("name:job")).isEqualTo("0:1");
  }

  @Test
  void aNameThatLooksLikeASlotIsWrittenWithItsKind() throws Exception {
    assertThat(id("name:7")).isEqualTo("5:19");
    assertThatThrownBy(() -> id("7"))
        .hasToString(
            "worker \"7\": there is none\ndetail: 4 workers are registered\n"
                + "hint: did you mean \"name:7\"?");
    assertThat(WorkerNames.typed("3:1")).isEqualTo("name:3:1");
    assertThat(WorkerNames.typed("a3")).isEqualTo("a3");
  }

  @Test
  void anAmbiguousNameIsRefusedWithTheIds() {
    assertThatThrownBy(() -> id("twin"))
        .hasToString(
            "worker \"twin\": the name is ambiguous\n"
                + "detail: it is the name of 3:17, 4:18\nhint: give one of the ids");
  }

  @Test
  void anUnknownNameIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> id("jub"))
        .hasToString(
            "worker \"jub\": there is none\ndetail: 4 workers are registered\n"
                + "hint: did you mean \"job\"?");
  }

  @Test
  void aWorkerThatIsGoneIsFoundInTheHistory() throws Exception {
    assertThat(names.find("3:5").id().sameWorker(new WorkerId(3, 5, 0))).isTrue();
    assertThat(names.find("9").id().toString()).isEqualTo("9:6");
    assertThat(names.find("old").id().toString()).isEqualTo("9:6"); // the newest of that name
  }

  @Test
  void aWorkerThatIsGoneIsRefusedSayingWhenAndHowItEnded() {
    assertThatThrownBy(() -> id("3:5"))
        .hasToString(
            "worker \"old\" (3:5): is gone\n"
                + "detail: it was unregistered at 2026-11-21T00:00:02.123Z; its last life ended at"
                + " 2026-11-21T00:00:01.123Z with status 3: it failed\n"
                + "hint: bgw:history 3:5 shows what happened to it");
  }

  @Test
  void anIdThatNeverWasIsRefused() {
    assertThatThrownBy(() -> id("3:99")).hasMessage("worker \"3:99\": there is none");
    assertThatThrownBy(() -> id("0:0")).hasMessage("worker \"0:0\": there is none");
  }
}
