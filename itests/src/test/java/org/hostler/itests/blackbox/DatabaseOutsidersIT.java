// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import org.hostler.itests.bundles.ReadingWorker;
import org.hostler.itests.bundles.TestBundle;
import org.hostler.itests.postgres.PostgresServer;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Removing a server's database while somebody is connected who is none of this host. */
public class DatabaseOutsidersIT {
  private static final String LIBRARY = "org.acme.read";

  @ClassRule public static final Instances INSTANCES = new Instances();
  @ClassRule public static final PostgresServer SERVER = PostgresServer.named("outsiders");

  private static Instance host;

  @BeforeClass
  public static void start() throws IOException {
    host = INSTANCES.init("main");
    host.configure(
        "database.*.url = '" + SERVER.url("{database}") + "'",
        "database.*.user = postgres",
        "default_database = postgres");
    TestBundle.named(LIBRARY).with(ReadingWorker.class).buildIn(host.extensions());
    host.start();
  }

  @Test
  public void sessionsOfOthersKeepADatabaseOfAServer_D11_D12() throws Exception {
    host.exec("bgw:create-database shop").ok();
    host.exec(
            "bgw:register --name interruptible --flag SHMEM_ACCESS --flag DATABASE_CONNECTION"
                + " --flag INTERRUPTIBLE --arg shop --wait started %s read".formatted(LIBRARY))
        .ok();
    Await.until(
        "reading",
        () ->
            host.worker("interruptible")
                .orElseThrow()
                .path("statusText")
                .asText("")
                .startsWith("read "));
    try (Connection outsider = SERVER.connect("shop")) {
      host.exec("bgw:drop-database shop").refused(1, "shop", "SQLSTATE 55006");
      assertThat(outsider.isValid(60)).isTrue();
      host.awaitState("interruptible", "running");
      host.exec("bgw:drop-database shop --force").ok();
      assertThat(outsider.isValid(5)).isFalse();
    }
  }
}
