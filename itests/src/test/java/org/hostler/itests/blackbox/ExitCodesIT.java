// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hostler.itests.bundles.HangingActivator;
import org.hostler.itests.bundles.TestBundle;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Every row of the table of {@code bin/hostler}, with each of its exit codes. */
public class ExitCodesIT {
  @ClassRule public static final Instances INSTANCES = new Instances();

  private static Instance running;
  private static Instance stopped;

  @BeforeClass
  public static void makeARunningAndAStoppedInstance() throws IOException {
    running = INSTANCES.init("running");
    running.start();
    stopped = INSTANCES.init("stopped");
  }

  @Test
  public void init() throws IOException {
    Path full = INSTANCES.directory().resolve("full");
    Files.createDirectories(full);
    Files.writeString(full.resolve("file"), "");
    Commands.hostler("init", full.toString()).refused(1, full.toString());
    assertThat(full.resolve("conf")).doesNotExist();
    Commands.hostler("init").refused(2, "init DIR");
    Commands.hostler("init", "a", "b").refused(2, "init DIR");
    Path empty = Files.createDirectories(INSTANCES.directory().resolve("empty"));
    Commands.hostler("init", empty.toString()).ok();
    Commands.hostler("init", "/proc/nowhere").refused(1, "/proc/nowhere");
  }

  @Test
  public void versionAndHelp() {
    assertThat(Commands.hostler("version").ok().out()).contains("0.1.0");
    assertThat(Commands.hostler("help").ok().out())
        .contains("init", "run", "start", "stop", "restart", "reload", "status", "exec", "shell");
  }

  @Test
  public void wrongUsage() {
    Commands.hostler().refused(2, "hostler");
    Commands.hostler("dance").refused(2, "dance");
    running.hostler("stop", "--mode", "slowly").refused(2, "smart|fast|immediate");
    running.hostler("stop", "now").refused(2, "stop");
    running.hostler("start", "--timeout", "soon").refused(2, "timeout");
    running.hostler("status", "--yaml").refused(2, "--yaml");
    running.hostler("exec").refused(2, "exec");
    running.hostler("-c", "nonsense", "start").refused(2, "NAME=VALUE");
    running.hostler("status").ok();
  }

  @Test
  public void directoryThatIsNoInstance() throws IOException {
    Path nothing = Files.createDirectories(INSTANCES.directory().resolve("nothing"));
    for (String command : new String[] {"run", "start", "stop", "restart", "reload", "status"}) {
      Commands.hostler("--base", nothing.toString(), command).refused(2, nothing.toString());
    }
    Commands.hostler("--base", nothing.toString(), "exec", "lb").refused(2, nothing.toString());
    Commands.hostler("--base", nothing + "/absent", "start").refused(2, "absent");
    assertThat(nothing).isEmptyDirectory();
  }

  @Test
  public void hostThatDoesNotRun() {
    for (String command : new String[] {"stop", "reload", "status", "shell"}) {
      stopped.hostler(command).refused(3, stopped.base().toString());
    }
    stopped.hostler("status", "--json").refused(3);
    stopped.hostler("status", "--ready").refused(3);
    stopped.hostler("exec", "lb").refused(3);
  }

  @Test
  public void secondHostOnOneInstance() {
    String pid = Long.toString(running.host().pid());
    running.hostler("start").refused(1, "is already running (pid " + pid + ")");
    running.hostler("run").refused(1, "is already running (pid " + pid + ")");
    running.exec("lb").ok();
  }

  @Test
  public void exec() {
    running.exec("echo hello").ok();
    assertThat(running.exec("echo hello").out().strip()).isEqualTo("hello");
    running.exec("bgw:info nobody").refused(1, "nobody");
    running.exec("bgw:list --nonsense").refused(2, "--nonsense");
    running.exec("echo (").exits(2);
    running.exec("bgw:register --name s --wait started hostler sleep").ok();
    running.exec("bgw:wait s --for exited --timeout 100ms").exits(4);
  }

  @Test
  public void shell() {
    Outcome attached = running.hostlerWithInput("echo hello\nexit\n", "shell").ok();
    assertThat(attached.out()).contains("hello");
    running.hostlerWithInput("", "shell").ok();
    running.hostler("status", "--ready").ok();
    running.hostler("shell", "now").refused(2, "shell");
  }

  @Test
  public void execOfLinesEndsAtTheFirstThatFails() {
    Outcome all = running.hostlerWithInput("echo one\necho two\n", "exec", "-").ok();
    assertThat(all.out().lines()).containsExactly("one", "two");
    Outcome some =
        running.hostlerWithInput("echo one\nbgw:info nobody\necho three\n", "exec", "-").exits(1);
    assertThat(some.out().lines()).containsExactly("one");
    assertThat(some.err()).contains("nobody");
  }

  @Test
  public void startThatIsNotReadyInTime() throws IOException {
    Instance slow = INSTANCES.init("slow");
    TestBundle.named("org.acme.hanging")
        .activator(HangingActivator.class)
        .buildIn(slow.extensions());
    // it must not have given up yet when it is looked at
    slow.configure("shared_preload_libraries = 'org.acme.hanging'", "preload_timeout = 10min");
    slow.hostler("start", "--timeout", "2s").refused(4, slow.base().toString());
    Await.until("host that goes on", () -> slow.hostler("status").exit() == 0);
    assertThat(slow.host().isAlive()).isTrue();
    slow.hostler("status", "--ready").exits(1);
    slow.kill();
  }

  @Test
  public void stopThatDoesNotEndInTime() throws IOException {
    Instance stubborn = INSTANCES.init("stubborn");
    stubborn.configure("worker_stop_timeout = 30s");
    stubborn.start();
    stubborn.crasher("h", "hang");
    stubborn.awaitState("h", "running");
    stubborn.hostler("stop", "--timeout", "500ms").exits(4);
    stubborn.hostler("stop", "--mode", "immediate").ok();
    stubborn.hostler("status").exits(3);
  }

  @Test
  public void instanceIsChosenByTheEnvironmentToo() {
    String base = running.base().toString();
    JsonNode status = Commands.hostlerWith("HOSTLER_BASE", base, "status", "--json").ok().json();
    assertThat(status.path("base").asText()).isEqualTo(base);
    Commands.hostlerWith("HOSTLER_BASE", base, "--base", stopped.base().toString(), "status")
        .exits(3);
  }
}
