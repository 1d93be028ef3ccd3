// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import org.hostler.itests.bundles.ReadingWorker;
import org.hostler.itests.bundles.TestBundle;
import org.hostler.itests.postgres.PostgresServer;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** Removing databases that workers are connected to, embedded ones and a server's. */
@RunWith(Parameterized.class)
public class DatabaseRemovalIT {
  private static final String LIBRARY = "org.acme.read";

  @ClassRule public static final Instances INSTANCES = new Instances();
  @ClassRule public static final PostgresServer SERVER = PostgresServer.named("removal");

  private static Instance embedded;
  private static Instance onServer;

  private final Instance host;

  public DatabaseRemovalIT(String kind) {
    host = kind.equals("embedded") ? embedded : onServer;
  }

  @Parameters(name = "{0}")
  public static Iterable<String> kinds() {
    return Arrays.asList("embedded", "postgresql");
  }

  @BeforeClass
  public static void start() throws IOException {
    embedded = INSTANCES.init("embedded");
    onServer = INSTANCES.init("server");
    onServer.configure(
        "database.*.url = '" + SERVER.url("{database}") + "'",
        "database.*.user = postgres",
        "default_database = postgres");
    for (Instance each : new Instance[] {embedded, onServer}) {
      TestBundle.named(LIBRARY).with(ReadingWorker.class).buildIn(each.extensions());
      each.start();
    }
  }

  @After
  public void terminateAll() {
    host.terminateAll();
  }

  private void reading(String name, String options) {
    host.exec(
            "bgw:register --name %s --flag SHMEM_ACCESS --flag DATABASE_CONNECTION %s --arg shop %s read"
                .formatted(name, options, LIBRARY))
        .ok();
    Await.until("reading of " + name, () -> statusText(name).startsWith("read "));
  }

  private String statusText(String name) {
    return host.worker(name).orElseThrow().path("statusText").asText("");
  }

  @Test
  public void plainWorkerKeepsItsDatabase_D11_T24() {
    host.exec("bgw:create-database shop").ok();
    reading("plain", "");
    reading("interruptible", "--flag INTERRUPTIBLE");
    String life = host.lives().get("plain");
    host.exec("bgw:drop-database shop").refused(1, "shop", "plain", "SQLSTATE 55006");
    assertThat(host.lives().get("plain")).isEqualTo(life);
    host.awaitState("interruptible", "running"); // again: nothing was removed
    host.exec("bgw:terminate --wait plain").ok();
    host.exec("bgw:drop-database shop").ok();
    Await.until("end of the other", () -> host.worker("interruptible").isEmpty());
  }

  @Test
  public void interruptibleWorkerIsEndedAndUnregistered_D12_T24() {
    host.exec("bgw:create-database shop").ok();
    reading("interruptible", "--flag INTERRUPTIBLE --restart 100ms");
    host.exec("bgw:drop-database shop").ok();
    Await.until("end", () -> host.worker("interruptible").isEmpty());
    host.exec("bgw:sql shop 'select 1'").refused(1, "shop", "SQLSTATE 3D000");
  }

  @Test
  public void byForceWorkersComeBackAndFindItMissing_D8_D13() {
    host.exec("bgw:create-database shop").ok();
    reading("comes-back", "--restart 100ms");
    reading("does-not", "");
    host.exec("bgw:drop-database shop --force").ok();
    Await.until("end of the one", () -> host.worker("does-not").isEmpty());
    JsonNode[] exit = new JsonNode[1];
    Await.until(
        "failure of the other",
        () -> {
          exit[0] = host.worker("comes-back").orElseThrow().path("lastExit");
          return exit[0].path("cause").asText().contains("does not exist");
        });
    assertThat(exit[0].path("status").asInt()).isEqualTo(1);
    host.exec("bgw:create-database shop").ok(); // and are back with it
    Await.until("reading again", () -> statusText("comes-back").startsWith("read "));
    host.exec("bgw:drop-database --force shop").ok();
  }
}
