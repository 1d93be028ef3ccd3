// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hostler.database.DatabaseNotification;
import org.hostler.database.DatabaseSession;
import org.hostler.database.Databases.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications of embedded databases, which go from worker to worker. */
class NotificationsTest {
  @TempDir Path base;
  private TestHost host;
  private TestLife life;
  private WorkerEntrance door;
  private DatabaseSession session;
  private WorkerEntrance otherDoor;
  private DatabaseSession other;

  @BeforeEach
  void connect() throws SQLException {
    host = new TestHost(base, Map.of());
    life = TestLife.connecting(0);
    door = host.door(life);
    session = door.connect("main", null);
    otherDoor = host.door(TestLife.connecting(1));
    other = otherDoor.connect("main", null);
  }

  @AfterEach
  void close() {
    door.close();
    otherDoor.close();
    host.close();
  }

  private static DatabaseNotification sent(String payload) {
    return new DatabaseNotification("main", "jobs", payload);
  }

  @Test
  void notificationArrivesAtCommitInOrderAndSetsTheLatch_N8() throws SQLException {
    session.listen("jobs");
    session.listen("jobs");
    life.reset();
    other.inTransaction(
        connection -> {
          other.notify("jobs", "1");
          other.notify("jobs", "2");
          other.notify("jobs", "1");
          other.notify("others", "3");
          assertThat(session.notifications()).isEmpty();
          assertThat(life.await(Duration.ZERO)).isFalse();
          return true;
        });
    assertThat(life.await(Duration.ZERO)).isTrue();
    assertThat(session.notifications()).containsExactly(sent("1"), sent("2"));
    assertThat(session.notifications()).isEmpty();
  }

  @Test
  void notificationOfATransactionThatIsRolledBackIsDropped_N8() throws SQLException {
    session.listen("jobs");
    assertThatThrownBy(
            () ->
                other.inTransaction(
                    connection -> {
                      other.notify("jobs", "1");
                      throw new SQLException("no");
                    }))
        .hasMessage("no");
    other.notify("jobs", "2"); // in a transaction of its own
    assertThat(session.notifications()).containsExactly(sent("2"));
  }

  @Test
  void databasesDoNotHearEachOther_N8() throws SQLException {
    host.databases.create("orders");
    session.listen("jobs");
    WorkerEntrance elsewhere = host.door(TestLife.connecting(2));
    elsewhere.connect("orders", null).notify("jobs", "1");
    elsewhere.close();
    assertThat(session.notifications()).isEmpty();
  }

  @Test
  void whatHasArrivedStaysWhenNobodyListensAnyMore_N8() throws SQLException {
    session.listen("jobs");
    other.notify("jobs", "1");
    session.unlisten("jobs");
    session.unlisten("jobs");
    other.notify("jobs", "2");
    assertThat(session.notifications()).containsExactly(sent("1"));
  }

  @Test
  void listeningEndsWithTheLife_N8() throws SQLException {
    session.listen("jobs");
    door.close();
    assertThat(host.notifications.channels("main")).isEmpty();
    other.notify("jobs", "1");
    assertThatThrownBy(() -> session.listen("jobs")).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> session.notify("jobs", "1")).isInstanceOf(SQLException.class);
  }

  @Test
  void oldestAreDroppedWhenNobodyTakesThem_N8() throws SQLException {
    session.listen("jobs");
    for (int i = 0; i < SessionMail.MOST + 5; i++) {
      other.notify("jobs", Integer.toString(i));
    }
    List<DatabaseNotification> taken = session.notifications();
    assertThat(taken).hasSize(SessionMail.MOST);
    assertThat(taken.get(0)).isEqualTo(sent("5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "quo\"te", "semi;colon"})
  void channelHasToBeAName_N8(String channel) {
    assertThatThrownBy(() -> session.notify(channel, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.listen(channel)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void channelAndPayloadHaveLimits_N8() throws SQLException {
    session.notify("c".repeat(63), "p".repeat(7_999));
    assertThatThrownBy(() -> session.notify("c".repeat(64), ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.notify("c", "\u00e4".repeat(4_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8000 bytes");
  }

  @Test
  void serviceHearsOneAtATimeAndGoesOnAfterAFailure_N8() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    Subscription subscription =
        host.databases.subscribe(
            "main",
            "jobs",
            notification -> {
              heard.add(notification.payload());
              if (notification.payload().equals("1")) {
                throw new IllegalStateException("it cannot stand this");
              }
            });
    for (int i = 0; i < 1_000; i++) {
      other.notify("jobs", Integer.toString(i));
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(Integer.toString(i));
    }
    subscription.close();
    subscription.close();
    other.notify("jobs", "late");
    assertThat(host.notifications.channels("main")).isEmpty();
    assertThat(heard).isEmpty();
  }
}
