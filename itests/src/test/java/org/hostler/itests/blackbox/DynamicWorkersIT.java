// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hostler.itests.bundles.DynamicActivator;
import org.hostler.itests.bundles.PlainFunction;
import org.hostler.itests.bundles.RegisteringWorker;
import org.hostler.itests.bundles.RepentingActivator;
import org.hostler.itests.bundles.TestBundle;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Workers registered at run time, from the shell, a bundle and another worker. */
public class DynamicWorkersIT {
  @ClassRule public static final Instances INSTANCES = new Instances();

  private static Instance host;

  @BeforeClass
  public static void start() throws IOException {
    host = INSTANCES.init("main");
    host.configure("max_worker_processes = 6");
    TestBundle.named("org.acme.parent").with(RegisteringWorker.class).buildIn(host.extensions());
    host.start();
  }

  @After
  public void terminateAll() {
    host.terminateAll();
  }

  @Test
  public void libraryIsLoadedOnDemand_S8_R10() {
    JsonNode row = host.crasher("c", "wait");
    assertThat(row.path("library").asText()).isEqualTo(Instance.CRASHER);
    assertThat(row.path("function").asText()).isEqualTo("crash");
    assertThat(row.path("restart").asText()).isEqualTo("never");
    assertThat(row.path("type").asText()).isEqualTo("c");
    assertThat(row.path("id").asText())
        .isEqualTo(row.path("slot").asInt() + ":" + row.path("generation").asLong());
    JsonNode running = host.awaitState("c", "running");
    assertThat(running.path("pid").asLong()).isEqualTo(host.host().pid());
    assertThat(running.path("threadId").isNumber()).isTrue();
    assertThat(running.path("database").isNull()).isTrue();
    assertThat(running.path("flags").toString()).contains("SHMEM_ACCESS");
  }

  @Test
  public void hostsOwnFunctionsNeedNoBundle_S8() {
    String id = host.json("bgw:register --json --wait started hostler noop").path("id").asText();
    host.exec("bgw:wait %s --for unregistered".formatted(id)).ok();
    host.exec("bgw:register --wait started hostler sleep").ok();
    assertThat(host.awaitState("sleep", "running").path("library").asText()).isEqualTo("hostler");
  }

  @Test
  public void lowestFreeSlotIsTaken_R20() {
    for (int slot = 0; slot < 3; slot++) {
      assertThat(host.crasher("s" + slot, "wait").path("slot").asInt()).isEqualTo(slot);
    }
    host.exec("bgw:terminate --wait s1").ok();
    assertThat(host.crasher("again", "wait").path("slot").asInt()).isEqualTo(1);
  }

  @Test
  public void fullTableRefusesAndAFreedSlotIsTakenAtOnce_R21_X15_T5() {
    for (int slot = 0; slot < 6; slot++) {
      host.crasher("f" + slot, "throw after=1h", "--restart 1s");
    }
    host.exec("bgw:register hostler sleep").refused(1, "6", "max_worker_processes");
    host.exec("bgw:terminate --wait f3").ok();
    assertThat(host.crasher("g", "wait").path("slot").asInt()).isEqualTo(3);
  }

  @Test
  public void workersInBackoffHoldTheirSlots_R20_T4() {
    for (int slot = 0; slot < 6; slot++) {
      host.crasher("b" + slot, "throw", "--restart 1h");
    }
    host.awaitState("b5", "backoff");
    host.exec("bgw:register hostler sleep").refused(1, "max_worker_processes");
  }

  @Test
  public void staleIdNeverMeansAnotherWorker_H4_H11_T7() {
    String old = host.crasher("old", "wait").path("id").asText();
    host.exec("bgw:terminate --wait " + old).ok();
    JsonNode young = host.crasher("young", "wait");
    assertThat(young.path("slot").asInt()).isZero();
    host.exec("bgw:terminate " + old).refused(1, old);
    host.exec("bgw:signal %s term".formatted(old)).refused(1, old);
    host.exec("bgw:restart " + old).refused(1, old);
    assertThat(host.worker("young").orElseThrow().path("incarnation").asInt()).isEqualTo(1);
  }

  @Test
  public void anyUserOfTheSocketListsAndSignalsAnyWorker_H13_V2_V6() {
    host.crasher("v", "wait");
    host.awaitState("v", "running");
    host.exec("bgw:signal v term").ok();
    host.exec("bgw:wait v --for unregistered").exits(0);
  }

  @Test
  public void bundleRegistersFromItsActivator_R1_R18() throws IOException {
    TestBundle.named("org.acme.dynamic").activator(DynamicActivator.class).buildIn(host.deploy());
    JsonNode row = host.awaitState("by-bundle", "running");
    assertThat(row.path("static").asBoolean()).isFalse();
  }

  @Test
  public void whatAFailingActivatorRegisteredStaysRegistered_R26() throws IOException {
    Path jar =
        TestBundle.named("org.acme.repenting")
            .activator(RepentingActivator.class)
            .buildIn(host.deploy());
    Await.until("its failure is told", () -> host.log().contains("this activator repents"));
    assertThat(host.awaitState("left-behind", "running").path("incarnation").asInt()).isOne();
    Files.delete(jar);
    Await.until("no bundle", () -> !host.exec("lb -s").ok().out().contains("org.acme.repenting"));
    assertThat(host.awaitState("left-behind", "running").path("incarnation").asInt()).isOne();
  }

  @Test
  public void workerIsToldOfTheWorkerItRegisteredAndThatOneSurvivesIt_N1_R27() {
    host.exec("bgw:register --name p --arg 'exit:1 after=300ms' org.acme.parent parent").ok();
    Await.until(
        "news of the child",
        () -> host.worker("p").orElseThrow().path("statusText").asText().contains("exited"));
    assertThat(host.worker("p").orElseThrow().path("statusText").asText())
        .isEqualTo("heard started exited");

    host.exec("bgw:register --name q --arg wait org.acme.parent parent").ok();
    host.awaitState("child of q", "running");
    host.exec("bgw:terminate --wait q").ok();
    assertThat(host.awaitState("child of q", "running").path("incarnation").asInt()).isEqualTo(1);
  }

  @Test
  public void unknownLibraryAndFunctionAreRefusedWithTheNearestName() {
    host.exec("bgw:register org.hostler.sample.crashr crash").refused(1, Instance.CRASHER);
    host.exec("bgw:register %s crush".formatted(Instance.CRASHER)).refused(1, "crash");
    host.exec("bgw:register hostler sleeep").refused(1, "sleep");
    assertThat(host.workers()).isEmpty();
  }

  @Test
  public void deferredWorkerIsParkedUntilItsLibraryAppears_S9() throws IOException {
    host.exec("bgw:register --defer --name d --restart 1h org.acme.later plain").ok();
    JsonNode parked = host.awaitState("d", "parked");
    assertThat(parked.path("reason").asText())
        .startsWith("BUNDLE_MISSING")
        .contains("org.acme.later");
    TestBundle.named("org.acme.later").with(PlainFunction.class).buildIn(host.deploy());
    JsonNode running = host.awaitState("d", "running");
    assertThat(running.path("id").asText()).isEqualTo(parked.path("id").asText());
  }

  @Test
  public void deferredWorkerThatIsNeverRestartedIsGoneWhenNothingIsThere_X3() {
    JsonNode row = host.json("bgw:register --json --defer --name n org.acme.nowhere f");
    String id = row.path("id").asText();
    host.exec("bgw:wait %s --for unregistered".formatted(id)).ok();
    assertThat(host.events(id)).doesNotContain("started");
  }

  @Test
  public void ambiguousNameIsRefusedWithTheIds() {
    String first = host.crasher("twin", "wait").path("id").asText();
    String second = host.crasher("twin", "wait").path("id").asText();
    host.exec("bgw:info twin").refused(1, first, second);
    host.exec("bgw:info " + first).ok();
    host.exec("bgw:info " + second.substring(0, second.indexOf(':'))).ok();
  }

  @Test
  public void nameThatLooksLikeAnIdIsWrittenWithAPrefix() {
    host.crasher("'007'", "wait");
    assertThat(host.json("bgw:info --json 'name:007'").path("name").asText()).isEqualTo("007");
    host.crasher("'3:17'", "wait");
    assertThat(host.json("bgw:info --json name:3:17").path("name").asText()).isEqualTo("3:17");
  }

  @Test
  public void argumentsArriveWithTheirTypes_R28() {
    host.crasher("u", "wait", "--extra 'some bytes'");
    host.awaitState("u", "running");
    String id = host.crasher("typed", "42").path("id").asText();
    host.exec("bgw:wait %s --for unregistered".formatted(id)).ok();
    assertThat(host.exec("bgw:history " + id).ok().out()).contains("42");
  }

  @Test
  public void capOfALibraryIsReloadableAndRefusesWithFreeSlots_R22_G11_T23() throws IOException {
    host.exec("bgw:set worker_limits.org.hostler.sample.crasher '0:2'").ok();
    host.exec("bgw:reload").ok();
    host.crasher("one", "wait");
    host.crasher("two", "wait");
    host.exec("bgw:register --arg wait %s crash".formatted(Instance.CRASHER))
        .refused(1, Instance.CRASHER, "2");
    host.exec("bgw:terminate --wait one").ok();
    host.crasher("three", "wait");
    host.exec("bgw:reset worker_limits.org.hostler.sample.crasher").ok();
    host.exec("bgw:reload").ok();
    host.crasher("four", "wait");
  }

  @Test
  public void waitThatTimesOutExitsWithFour_V8() {
    host.crasher("w", "wait");
    host.exec("bgw:wait w --for exited --timeout 200ms").exits(4);
    host.exec("bgw:wait w --for started").ok();
    host.exec(
            "bgw:register --name w2 --arg wait --wait ready --timeout 200ms %s crash"
                .formatted(Instance.CRASHER))
        .exits(4);
  }
}
