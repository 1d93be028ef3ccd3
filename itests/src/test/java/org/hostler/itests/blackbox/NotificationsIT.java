// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.hostler.itests.bundles.TalkingWorker;
import org.hostler.itests.bundles.TestBundle;
import org.hostler.itests.postgres.PostgresServer;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A worker and a client that knows nothing of Hostler talk by PostgreSQL's notifications. */
public class NotificationsIT {
  @ClassRule public static final PostgresServer SERVER = PostgresServer.named("notifications");

  @Rule public final Instances instances = new Instances();

  private static void say(Connection client, String word) throws SQLException {
    try (Statement statement = client.createStatement()) {
      statement.execute("notify question, '" + word + "'");
    }
  }

  /** Waits for so many answers; returns what has arrived by then. */
  private static List<String> answers(Connection client, int count) {
    List<String> heard = new ArrayList<>();
    Await.until(
        count + " answers",
        () -> {
          try {
            for (PGNotification each : client.unwrap(PGConnection.class).getNotifications(100)) {
              heard.add(each.getParameter());
            }
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
          return heard.size() >= count;
        });
    return heard;
  }

  /**
   * Returns the connections that listen: they have listened last, or looked since, after some time
   * of silence, whether their line still stands.
   */
  private static List<String> listeners(String state) {
    try {
      return SERVER.query(
          "postgres",
          "select query from pg_stat_activity"
              + " where application_name = 'hostler' and query ~* '^(select 1$|(un)?listen.*question)' and state ~ '"
              + state
              + "'");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  public void workerHearsAndAnswersAtCommitAndHearsAgainWhenTheServerIsBack_N8() throws Exception {
    Instance host = instances.init("main");
    TestBundle.named("org.acme.talk").with(TalkingWorker.class).buildIn(host.extensions());
    host.configure(
        "database.main.url = '" + SERVER.url("postgres") + "'", "database.main.user = postgres");
    host.start();
    host.exec(
            "bgw:register --name talker --flag SHMEM_ACCESS --flag DATABASE_CONNECTION"
                + " --restart 100ms --arg main org.acme.talk talk")
        .ok();
    host.awaitState("talker", "ready");
    try (Connection client = SERVER.connect("postgres")) {
      try (Statement statement = client.createStatement()) {
        statement.execute("listen answer");
      }
      say(client, "one");
      say(client, "two");
      assertThat(answers(client, 2)).containsExactly("to one", "to two");
    }
    SERVER.stop();
    SERVER.start();
    Await.until("connection that listens", () -> !listeners("^idle$").isEmpty());
    try (Connection client = SERVER.connect("postgres")) {
      say(client, "lost"); // it is heard, but the session that should answer went with the server
      Await.until(
          "next life", () -> host.worker("talker").orElseThrow().path("incarnation").asInt() == 2);
      host.awaitState("talker", "ready");
      try (Statement statement = client.createStatement()) {
        statement.execute("listen answer");
      }
      say(client, "three");
      assertThat(answers(client, 1)).containsExactly("to three");
      assertThat(listeners("")).isNotEmpty();
      say(client, "enough");
      assertThat(answers(client, 1)).containsExactly("to enough");
      Await.until("end of the connection that listens", () -> listeners("").isEmpty());
    }
  }
}
