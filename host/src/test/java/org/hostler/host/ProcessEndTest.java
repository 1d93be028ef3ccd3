// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessEndTest {
  private Process parent;
  private ProcessHandle child;

  /** A parent that takes no note of the end of its child, as some first processes of containers. */
  @BeforeEach
  void start() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "Linux");
    String script = "sh -c 'read line' <&3 & echo $!; exec sleep 600 3<&-";
    parent = new ProcessBuilder("sh", "-c", "exec 3<&0; " + script).start();
    BufferedReader out = parent.inputReader();
    child = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
    awaitSleep();
  }

  /** While the parent still is a shell, it takes note of its children's ends. */
  private void awaitSleep() throws IOException {
    Path name = Path.of("/proc/" + parent.pid() + "/comm");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!Files.readString(name).strip().equals("sleep")) {
      assertThat(System.nanoTime()).as("the shell becomes a sleep").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void end() {
    if (parent != null) {
      parent.destroyForcibly();
    }
  }

  @Test
  void processThatNobodyReapsCountsAsGone() throws Exception {
    assertThat(ProcessEnd.isZombie(child.pid())).isFalse();
    parent.getOutputStream().close(); // the end of its input, and of the child
    ProcessEnd.await(child, System.nanoTime() + TimeUnit.SECONDS.toNanos(30));
    assertThat(child.isAlive()).as("it is still in the table").isTrue();
    assertThat(ProcessEnd.isZombie(child.pid())).isTrue();
  }

  @Test
  void processThatRunsIsWaitedForUntilTheDeadline() {
    assertThatThrownBy(() -> ProcessEnd.await(child, System.nanoTime()))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void processThatIsReapedIsGone() throws Exception {
    ProcessHandle gone = parent.toHandle();
    // Until its status is fetched it is a zombie, which is waited for no longer but still is alive.
    assertThat(parent.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();
    ProcessEnd.await(gone, System.nanoTime() + TimeUnit.SECONDS.toNanos(30));
    assertThat(gone.isAlive()).isFalse();
  }
}
