// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hostler.itests.bundles.HangingActivator;
import org.hostler.itests.bundles.PlainFunction;
import org.hostler.itests.bundles.TestBundle;
import org.hostler.itests.bundles.ThrowingActivator;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Nonsense of every kind is refused in words, and no other worker notices. */
public class BadInputIT {
  @ClassRule public static final Instances INSTANCES = new Instances();

  private static Instance host;

  private Map<String, String> lives;

  @BeforeClass
  public static void start() throws IOException {
    host = INSTANCES.init("main");
    host.configure(
        "shared_preload_libraries = 'org.hostler.sample.heartbeat'", "max_worker_processes = 20");
    host.start();
    host.awaitState("heartbeat", "running");
    host.crasher("bystander", "wait", "--restart 0");
    host.awaitState("bystander", "running");
  }

  @Before
  public void noteLives() {
    lives = host.lives();
    assertThat(lives).containsKeys("heartbeat", "bystander");
  }

  @After
  public void noOtherWorkersLifeHasChanged() {
    assertThat(host.lives()).containsAllEntriesOf(lives);
    host.hostler("status", "--ready").ok();
  }

  @Test
  public void unknownLibraryAndFunction() {
    host.exec("bgw:register org.acme.nobody f").refused(1, "org.acme.nobody");
    host.exec("bgw:register %s crsh".formatted(Instance.CRASHER)).refused(1, "crsh", "crash");
  }

  @Test
  public void namesThatAreTooLong_R2() {
    String name = "n".repeat(96);
    host.exec("bgw:register --name %s hostler sleep".formatted(name)).refused(1, "96", "95");
    host.exec("bgw:register --type %s hostler sleep".formatted(name)).refused(1, "96", "95");
    host.exec("bgw:register --extra %s hostler sleep".formatted("x".repeat(8_193)))
        .refused(1, "8193", "8192");
    host.exec("bgw:register --defer %s f".formatted("l".repeat(1_024))).refused(1, "1024", "1023");
  }

  @Test
  public void restartOutOfRange_R7_T19() {
    for (String restart : new String[] {"-2", "86400001s", "soon", "backoff:2s..1s", "1"}) {
      Outcome refused = host.exec("bgw:register --restart '%s' hostler sleep".formatted(restart));
      assertThat(refused.exit()).as(restart).isIn(1, 2);
      assertThat(refused.err()).as(restart).contains(restart);
    }
  }

  @Test
  public void badFlags_R5_R6_T20() {
    host.exec("bgw:register --flag INTERRUPTIBLE hostler sleep").refused(1, "DATABASE_CONNECTION");
    host.exec("bgw:register --flag DATABASE_CONNECTION --start host_start hostler sleep")
        .refused(1, "host start");
  }

  @Test
  public void staleHandle_H4() {
    String id = host.crasher("gone", "exit:0").path("id").asText();
    host.exec("bgw:wait %s --for unregistered".formatted(id)).ok();
    for (String command : new String[] {"info", "terminate", "restart", "explain"}) {
      host.exec("bgw:%s %s".formatted(command, id)).refused(1, id);
    }
    host.exec("bgw:info 999").refused(1, "999");
    host.exec("bgw:info 0:999999").refused(1, "0:999999");
  }

  @Test
  public void badSettingsAtAReload() throws IOException {
    Path conf = host.base().resolve("conf/hostler.conf");
    String good = Files.readString(conf);
    for (String bad :
        new String[] {
          "no_such_setting = 1",
          "worker_stop_timeout = 5parsecs",
          "log_destination = 'stderr",
          "dynamic_library_path = 'a,\"b'",
          "include 'nowhere.conf'",
          "max_worker_processes = -1",
          "just some words"
        }) {
      Files.writeString(conf, good + bad + "\n");
      host.hostler("reload").refused(1, "hostler.conf:");
    }
    Files.writeString(conf, good);
    host.hostler("reload").ok();
  }

  @Test
  public void badJarsInDeployAreNamedInTheLogAndNotInstalled() throws IOException {
    Path whole =
        TestBundle.named("org.acme.whole").with(PlainFunction.class).buildIn(INSTANCES.directory());
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(host.deploy().resolve("empty.jar"), new byte[0]);
    Files.write(host.deploy().resolve("truncated.jar"), Arrays.copyOf(bytes, bytes.length - 30));
    Files.writeString(host.deploy().resolve("words.jar"), "no zip at all");
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(host.deploy().resolve("nobundle.jar")))) {
      zip.putNextEntry(new ZipEntry("some/file.txt"));
      zip.write(1);
      zip.closeEntry();
    }
    byte[] damaged = bytes.clone();
    String entry = "PlainFunction.class"; // the first time in the header before the entry's bytes
    int header = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(entry);
    damaged[header + entry.length() + 40] ^= 0x55;
    Files.write(host.deploy().resolve("damaged.jar"), damaged);
    for (String name : new String[] {"empty", "truncated", "words", "nobundle", "damaged"}) {
      Await.until(name + " is named", () -> warned(name + ".jar"));
    }
    assertThat(host.exec("lb").ok().out()).doesNotContain("org.acme.whole");
    for (String name : new String[] {"empty", "truncated", "words", "nobundle", "damaged"}) {
      Files.delete(host.deploy().resolve(name + ".jar"));
    }
  }

  private static boolean warned(String word) {
    return host.log().lines().anyMatch(line -> line.contains("WARN") && line.contains(word));
  }

  @Test
  public void bundlesThatDoNotStartInDeployAreNamedInTheLog() throws IOException {
    Path throwing =
        TestBundle.named("org.acme.throwing")
            .activator(ThrowingActivator.class)
            .buildIn(host.deploy());
    Await.until("log line", () -> warned("org.acme.throwing") && warned("this activator throws"));
    Path unresolvable =
        TestBundle.named("org.acme.unresolvable")
            .header("Import-Package", "com.example.absent")
            .buildIn(host.deploy());
    Await.until("log line", () -> host.log().contains("com.example.absent"));
    Files.delete(throwing);
    Files.delete(unresolvable);
  }

  @Test
  public void duplicateOfADeployedBundle() throws IOException {
    Path one =
        TestBundle.named("org.acme.twice")
            .with(PlainFunction.class)
            .buildAs(host.deploy().resolve("one.jar"));
    Await.until("installed", () -> host.exec("lb -s").ok().out().contains("org.acme.twice"));
    Path two =
        TestBundle.named("org.acme.twice")
            .with(PlainFunction.class)
            .buildAs(host.deploy().resolve("two.jar"));
    Await.until("both are named", () -> warned("two.jar") && warned("one.jar"));
    Files.delete(two);
    Files.delete(one);
  }

  @Test
  public void libraryOnDemandWhoseActivatorFails_S8() throws IOException {
    TestBundle.named("org.acme.ondemand")
        .activator(ThrowingActivator.class)
        .buildIn(host.extensions());
    String id =
        host.json("bgw:register --json --defer --restart 1h org.acme.ondemand f")
            .path("id")
            .asText();
    Await.until(
        "reason", () -> host.exec("bgw:info " + id).ok().out().contains("this activator throws"));
    host.exec("bgw:terminate --wait " + id).ok();
  }

  @Test
  public void hangingActivatorInDeployHoldsNobodyUp() throws IOException {
    TestBundle.named("org.acme.hanging").activator(HangingActivator.class).buildIn(host.deploy());
    Await.until("it is named", () -> warned("org.acme.hanging"));
    String id = host.crasher("later", "exit:0").path("id").asText();
    host.exec("bgw:wait %s --for unregistered".formatted(id)).ok();
  }

  @Test
  public void fullTableIsRefusedWithTheNumbers_R21() {
    for (int i = host.workers().size(); i < 20; i++) {
      host.crasher("full" + i, "wait");
    }
    host.exec("bgw:register hostler sleep").refused(1, "20", "max_worker_processes");
    host.workers()
        .forEach(
            (name, row) -> {
              if (name.startsWith("full")) {
                host.exec("bgw:terminate --wait " + name).ok();
              }
            });
  }

  @Test
  public void badArgumentOfAWorkerEndsThatWorkerOnly() {
    String id = host.crasher("bad", "dance").path("id").asText();
    host.exec("bgw:wait %s --for unregistered".formatted(id)).ok();
    assertThat(host.exec("bgw:history " + id).ok().out()).contains("expected one of wait");
    host.exec("bgw:register --arg bytes:zz hostler sleep").refused(2, "bytes:");
  }

  @Test
  public void brokenLinesOfTheShell() {
    for (String line : new String[] {"bgw:list (", "bgw:info [", "'", "bgw:list | | x"}) {
      Outcome outcome = host.exec(line);
      assertThat(outcome.exit()).as(line).isIn(1, 2);
      assertThat(outcome.err()).as(line).isNotBlank();
    }
  }
}
