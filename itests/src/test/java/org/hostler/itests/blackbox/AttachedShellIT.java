// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** An interactive shell at a host that runs. */
public class AttachedShellIT {
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";
  private static final String PROMPT = "hostler> ";

  @ClassRule public static final Instances INSTANCES = new Instances();

  private static Instance host;

  @BeforeClass
  public static void start() throws IOException {
    host = INSTANCES.init("main");
    host.configure("shared_preload_libraries = 'org.hostler.sample.heartbeat'");
    startHost();
  }

  /** A list that is typed once shows what runs by then. */
  private static void startHost() {
    host.start();
    host.awaitState("heartbeat", "running");
  }

  @Test
  public void linesAreRunAndErrorsSaidInWords() throws Exception {
    try (Attached shell = new Attached(host)) {
      shell.see(PROMPT).type("bgw:list\r").see("heartbeat").see("running").see(PROMPT);
      shell.type("bgw:info nobody\r").see("worker \"nobody\": there is none").see(PROMPT);
      shell.type("lb\r").see("Active").see(PROMPT).type("exit\r");
      assertThat(shell.awaitEnd().ok().out()).doesNotContain("Exception");
    }
    host.hostler("status").ok();
  }

  @Test
  public void tabCompletesCommandsAndWorkers() throws Exception {
    try (Attached shell = new Attached(host)) {
      shell.see(PROMPT).type("bgw:inf\theart\t\r").see("(incarnation 1)").see(PROMPT);
      shell.type(CTRL_D);
      shell.awaitEnd().ok();
    }
    host.hostler("status").ok();
  }

  @Test
  public void ctrlCEndsTheRunningCommandAndNotTheShell() throws Exception {
    try (Attached shell = new Attached(host)) {
      shell.see(PROMPT).type("bgw:register --name held --wait exited --timeout 1h hostler sleep\r");
      String id = host.awaitState("held", "running").path("id").asText();
      shell.see(id).type(CTRL_C).see(PROMPT); // shown by the command itself, which waits now
      shell.type("while { true } { echo rou'n'd }\r").see("round").type(CTRL_C).see(PROMPT);
      shell.type("echo nothing of this").see("nothing of this").type(CTRL_C).see(PROMPT);
      shell.type("echo al'i've\r").see("alive").see(PROMPT).type("exit\r");
      shell.awaitEnd().ok();
    }
    host.exec("bgw:terminate --wait held").ok();
  }

  @Test
  public void theEndOfTheInputEndsTheShellAfterWhatWasTyped() throws Exception {
    try (Attached shell = new Attached(host)) {
      shell.type("echo la's't\r").hangUp().see("last");
      shell.awaitEnd().ok();
    }
  }

  @Test
  public void aClientThatIsKilledLeavesNothingBehind() throws Exception {
    try (Attached shell = new Attached(host)) {
      shell.see(PROMPT).type("echo be'g'un ; bgw:events --follow\r").see("begun");
    }
    host.exec("bgw:restart heartbeat").ok();
    host.awaitState("heartbeat", "running");
    host.hostler("stop", "--mode", "smart").ok(); // which waits for attached shells
    startHost();
  }

  @Test
  public void felixsCommandsForBundlesWorkAndTheirFailuresAreFailures() {
    String jar =
        Commands.distribution().resolve("extensions").toUri()
            + "org.hostler.sample.crasher-0.1.0-SNAPSHOT.jar";
    String installed = host.exec("install " + jar).ok().out();
    assertThat(installed).matches("Bundle ID: \\d+\\s*");
    String id = installed.replaceAll("\\D", "");
    for (String line : new String[] {"start ", "update ", "stop ", "start ", "uninstall "}) {
      assertThat(host.exec(line + id).ok().out()).isBlank();
    }
    for (String line : new String[] {"start ", "update ", "stop ", "uninstall "}) {
      host.exec(line + id).refused(1, "bundle " + id);
      host.exec(line).refused(2, line.strip());
    }
    host.exec("install file:/no/such.jar").refused(1, "/no/such.jar");
  }
}
