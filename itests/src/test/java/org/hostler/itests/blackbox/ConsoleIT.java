// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

/** The console of {@code hostler run} on a terminal. */
public class ConsoleIT {
  private static final String PROMPT = "hostler> ";

  @ClassRule public static final Instances INSTANCES = new Instances();

  @Before
  public void thereIsAProgramThatMakesTerminals() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")));
  }

  @Test
  public void linesAreRunAndTheTerminalIsLeftAsItWas() throws Exception {
    Instance host = INSTANCES.init("console");
    try (Attached console =
        Attached.onTerminal(
            host, "stty rows 30 columns 90; stty -a > before; %s; stty -a > after")) {
      console.see(PROMPT).type("bgw:status\r").see("run").see(PROMPT);
      console.type("echo al'i've\r").see("alive").see(PROMPT).type("exit\r");
      console.awaitEnd();
    }
    assertThat(text(host, "after")).isEqualTo(text(host, "before")).contains("rows 30");
    assertThat(host.hostler("status").exit()).isEqualTo(3);
  }

  @Test
  public void aStopPutsTheTerminalBack() throws Exception {
    Instance host = INSTANCES.init("signalled");
    try (Attached console =
        Attached.onTerminal(host, "stty -a > before; %s; echo $? > status; stty -a > after")) {
      console.see(PROMPT);
      host.hostler("stop").ok();
      console.awaitEnd();
    }
    assertThat(text(host, "after")).isEqualTo(text(host, "before"));
    assertThat(text(host, "status")).isEqualTo("0\n");
  }

  /** A command on a terminal whose output goes elsewhere has its shell all the same. */
  @Test
  public void outputThatIsNoTerminalIsWrittenToAllTheSame() throws Exception {
    Instance host = INSTANCES.init("redirected");
    try (Attached console = Attached.onTerminal(host, "%s | cat")) {
      console.see(PROMPT).type("bgw:status\r").see("run");
      console.type("exit\r");
      console.awaitEnd();
    }
    assertThat(host.hostler("status").exit()).isEqualTo(3);
  }

  private static String text(Instance host, String file) throws IOException {
    return Files.readString(host.base().resolve(file));
  }
}
