// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.RestartPolicy;
import org.junit.jupiter.api.Test;

/** Which thread a life gets, and which code it runs. */
class ThreadLauncherTest {
  @Test
  void lifeRunsOnAVirtualThreadExactlyWhereThereAreSome() throws Exception {
    assertThat(VirtualThreads.available()).isEqualTo(Runtime.version().feature() >= 21);
    List<Boolean> virtual = new CopyOnWriteArrayList<>();
    try (RunningSupervisor host = new RunningSupervisor()) {
      WorkerHandle handle =
          host.register(
              "w", context -> virtual.add(VirtualThreads.isVirtual(Thread.currentThread())));
      assertThat(handle.awaitGone(Await.LONG)).isTrue();
    }
    assertThat(virtual).containsExactly(VirtualThreads.available());
    assertThat(VirtualThreads.isVirtual(Thread.currentThread())).isFalse();
  }

  @Test
  void functionIsLookedUpAnewForEachLife_X17() throws Exception {
    List<String> ran = new CopyOnWriteArrayList<>();
    try (RunningSupervisor host = new RunningSupervisor()) {
      WorkerHandle handle =
          host.register(
              host.worker(
                      "w",
                      context -> {
                        ran.add("old");
                        host.replace("w", again -> ran.add("new"));
                        throw new IllegalStateException("updated meanwhile");
                      })
                  .restart(RestartPolicy.after(Duration.ZERO)));
      assertThat(handle.awaitGone(Await.LONG)).isTrue();
    }
    assertThat(ran).containsExactly("old", "new");
  }

  @Test
  void functionThatIsNotThereParksTheWorkerWithTheNearestName_S8_S9() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      WorkerHandle handle =
          host.register(
              host.worker("w", context -> {})
                  .library("hostler")
                  .function("slepp")
                  .restart(RestartPolicy.after(Duration.ofHours(1))));
      assertThat(handle.awaitStartup(Await.LONG)).isEqualTo(HandleStatus.STOPPED);
      assertThat(handle.stat().orElseThrow().reason().orElseThrow().words())
          .isEqualTo("library \"hostler\" has no function \"slepp\"; did you mean \"sleep\"?");
    }
  }

  @Test
  void hostsOwnFunctionsAreThere_S8() throws Exception {
    try (RunningSupervisor host = new RunningSupervisor()) {
      WorkerHandle noop =
          host.register(host.worker("n", context -> {}).library("hostler").function("noop"));
      assertThat(noop.awaitGone(Await.LONG)).isTrue();
      WorkerHandle sleep =
          host.register(host.worker("s", context -> {}).library("hostler").function("sleep"));
      assertThat(sleep.awaitStartup(Await.LONG)).isEqualTo(HandleStatus.STARTED);
      sleep.terminate();
      assertThat(sleep.awaitGone(Await.LONG)).isTrue();
    }
  }
}
