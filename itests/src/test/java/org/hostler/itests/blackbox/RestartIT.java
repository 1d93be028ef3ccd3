// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Workers end in every way and come back, or do not, as they were registered. */
public class RestartIT {
  @ClassRule public static final Instances INSTANCES = new Instances();

  private static Instance host;

  @BeforeClass
  public static void start() throws IOException {
    host = INSTANCES.init("main");
    host.start();
  }

  @Test
  public void failedWorkerComesBackAfterItsIntervalEveryTime_X3_X7_X9_T1() {
    String id = host.crasher("failing", "throw", "--restart 300ms").path("id").asText();
    Await.until(
        "fourth life",
        () -> host.events("failing").stream().filter("started"::equals).count() >= 4);
    JsonNode row = host.worker("failing").orElseThrow();
    assertThat(row.path("id").asText()).isEqualTo(id);
    assertThat(row.path("lastExit").path("status").asInt()).isEqualTo(1);
    assertThat(row.path("lastExit").path("cause").asText()).contains("IllegalStateException");

    Instant ended = null;
    int pauses = 0;
    for (JsonNode event : host.json("bgw:history --json failing")) {
      Instant at = Instant.parse(event.path("at").asText());
      if (event.path("event").asText().equals("exited")) {
        ended = at;
      } else if (event.path("event").asText().equals("started") && ended != null) {
        assertThat(at).isAfterOrEqualTo(ended.plusMillis(299)); // both are cut to milliseconds
        pauses++;
      }
    }
    assertThat(pauses).isGreaterThanOrEqualTo(3);
    host.exec("bgw:terminate --wait failing").ok();
  }

  @Test
  public void intervalZeroRestartsAtOnce_R7_T19() {
    host.crasher("eager", "throw after=50ms", "--restart 0");
    Await.until("fifth life", () -> incarnation("eager") >= 5);
    host.exec("bgw:terminate --wait eager").ok();
  }

  @Test
  public void crashComesBackTooAndTouchesNobody() {
    host.crasher("bystander", "wait");
    host.awaitState("bystander", "running");
    host.crasher("crashing", "exit:7", "--restart 200ms");
    Await.until("third life", () -> incarnation("crashing") >= 3);
    assertThat(host.events("crashing")).contains("crashed").doesNotContain("exited");
    assertThat(incarnation("bystander")).isEqualTo(1);
    host.exec("bgw:terminate --wait crashing").ok();
    host.exec("bgw:terminate --wait bystander").ok();
  }

  @Test
  public void statusZeroUnregistersWhateverThePolicy_X1_X2_T2() {
    String id = host.crasher("done", "exit:0", "--restart 0").path("id").asText();
    host.exec("bgw:wait %s --for unregistered".formatted(id)).ok();
    assertThat(host.worker("done")).isEmpty();
    assertThat(host.events(id)).containsSubsequence("registered", "started", "exited");
    assertThat(host.events(id)).endsWith("unregistered").doesNotContain("backoff");
  }

  @Test
  public void neverRestartedWorkerIsGoneAfterItsFailureAndItsHistoryStays_X3_T3() {
    String id = host.crasher("once", "throw").path("id").asText();
    host.exec("bgw:wait %s --for unregistered".formatted(id)).ok();
    host.exec("bgw:info " + id).refused(1, id);
    assertThat(host.events(id)).filteredOn("exited"::equals).hasSize(1);
  }

  @Test
  public void everyThrowableIsAFailureAndNoCrash_X4() {
    for (String misdeed : List.of("throw", "error", "oom", "start-fail", "nonsense")) {
      String id = host.crasher("x-" + misdeed, misdeed).path("id").asText();
      host.exec("bgw:wait %s --for unregistered".formatted(id)).ok();
      assertThat(host.events(id)).as(misdeed).contains("exited").doesNotContain("crashed");
    }
  }

  @Test
  public void lifeThatCannotBeginIsAFailedStartWithoutEventStarted_S5_S7_S8() {
    JsonNode row =
        host.json(
            "bgw:register --json --name unstartable --restart 200ms %s crash_unstartable"
                .formatted(Instance.CRASHER));
    String id = row.path("id").asText();
    Await.until(
        "two failures", () -> host.events(id).stream().filter("exited"::equals).count() >= 2);
    assertThat(host.events(id)).doesNotContain("started");
    host.exec("bgw:terminate --wait " + id).ok();
  }

  @Test
  public void signalTermEndsALifeAndThePolicyDecides_X11() {
    host.crasher("signalled", "wait", "--restart 100ms");
    host.awaitState("signalled", "running");
    host.exec("bgw:signal signalled term").ok();
    Await.until("second life", () -> incarnation("signalled") == 2);
    host.awaitState("signalled", "running");
    host.exec("bgw:terminate --wait signalled").ok();
    assertThat(host.worker("signalled")).isEmpty();
  }

  @Test
  public void backoffGrowsAndExplainListsTheNextTenDelays_X8() {
    host.crasher("growing", "throw", "--restart backoff:100ms..2s,factor=2");
    Await.until("third life", () -> incarnation("growing") >= 3);
    JsonNode explained = host.json("bgw:explain --json growing");
    assertThat(explained.findValues("delaysMs")).hasSize(1);
    JsonNode delays = explained.findValue("delaysMs");
    assertThat(delays.size()).isEqualTo(10);
    assertThat(delays.get(9).asLong()).isEqualTo(2_000);
    host.exec("bgw:terminate --wait growing").ok();
  }

  @Test
  public void limitParksAndAnOperatorsRestartUnparks_X8() {
    host.crasher("limited", "throw", "--restart 0,limit=2/60s");
    JsonNode parked = host.awaitState("limited", "parked");
    assertThat(parked.path("reason").asText()).startsWith("LIMIT_REACHED");
    assertThat(parked.path("restarts").asInt()).isEqualTo(2);
    host.exec("bgw:restart limited").ok();
    Await.until("budget used up again", () -> incarnation("limited") >= 6);
    host.awaitState("limited", "parked");
    host.exec("bgw:terminate --wait limited").ok();
  }

  @Test
  public void restartSkipsABackoff() {
    host.crasher("waiting", "throw", "--restart 1h");
    JsonNode row = host.awaitState("waiting", "backoff");
    assertThat(row.path("nextStartAt").isTextual()).isTrue();
    assertThat(row.path("pid").isNull()).isTrue();
    host.exec("bgw:restart waiting").ok();
    Await.until("second life", () -> incarnation("waiting") == 2);
    host.exec("bgw:terminate --wait waiting").ok();
  }

  private static int incarnation(String name) {
    return host.worker(name).map(row -> row.path("incarnation").asInt()).orElse(0);
  }
}
