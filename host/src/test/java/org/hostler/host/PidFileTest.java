// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

  @TempDir Path directory;
  private Instance instance;

  @BeforeEach
  void makeRunDirectory() throws IOException {
    instance = new Instance(directory);
    Files.createDirectory(instance.run());
  }

  @Test
  void whatIsWrittenIsReadAgainLineByLine() throws IOException {
    PidFile written = new PidFile(4711, "run", "ready in 5 ms: 1 workers running", "/srv/a");
    written.write(instance.pidFile());
    assertThat(PidFile.read(instance.pidFile())).contains(written);
    assertThat(Files.readAllLines(instance.pidFile()))
        .containsExactly("4711", "run", "ready in 5 ms: 1 workers running", "/srv/a");
  }

  @Test
  void aMissingOrForeignFileTellsOfNoHost() throws IOException {
    assertThat(PidFile.read(instance.pidFile())).isEmpty();
    Files.writeString(instance.pidFile(), "not a pid\nrun\n\n/srv/a\n");
    assertThat(PidFile.read(instance.pidFile())).isEmpty();
    Files.writeString(instance.pidFile(), "12\n");
    assertThat(PidFile.read(instance.pidFile())).isEmpty();
  }

  @Test
  void aPidThatNowBelongsToSomebodyElseIsNotBelieved() throws IOException {
    long other = ProcessHandle.current().pid();
    new PidFile(other, "run", "", directory.toString()).write(instance.pidFile());
    assertThat(PidFile.live(instance)).isEmpty();
  }

  @Test
  void aPidThatIsGoneIsNotBelieved() throws IOException, InterruptedException {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    new PidFile(gone.pid(), "run", "", directory.toString()).write(instance.pidFile());
    assertThat(PidFile.live(instance)).isEmpty();
  }
}
