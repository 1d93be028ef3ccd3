// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.hostler.itests.blackbox.Await;
import org.junit.ClassRule;
import org.junit.Test;

/** The server of the tests does what the tests take for granted. */
public class PostgresServerIT {
  @ClassRule public static final PostgresServer SERVER = PostgresServer.named("fixture");

  @Test
  public void whatWasCommittedIsThereAfterAKillAndARestartOnTheSamePort() throws Exception {
    int port = SERVER.port();
    SERVER.execute("CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (1)");
    try (Connection open = SERVER.connect("postgres")) {
      SERVER.kill();
      assertThat(open.isValid(5)).isFalse();
    }
    SERVER.start();
    assertThat(SERVER.port()).isEqualTo(port);
    assertThat(SERVER.query("postgres", "SELECT n FROM kept")).containsExactly("1");
    SERVER.stopImmediately();
    SERVER.start();
    assertThat(SERVER.query("postgres", "SELECT n FROM kept")).containsExactly("1");
  }

  @Test
  public void roleWithAPasswordGetsInWithItOnly() throws Exception {
    SERVER.execute("CREATE ROLE guarded LOGIN");
    SERVER.requirePassword("guarded", "first");
    assertThatThrownBy(() -> SERVER.connect("postgres", "guarded", "second"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
    SERVER.requirePassword("guarded", "second");
    SERVER.connect("postgres", "guarded", "second").close();
  }

  @Test
  public void standbyStreamsIsReadOnlyAndCanBePromoted() throws Exception {
    try (PostgresServer standby = SERVER.standby("fixture-standby")) {
      standby.start();
      SERVER.execute("CREATE TABLE streamed (n int)", "INSERT INTO streamed VALUES (7)");
      Await.until(
          "row on the standby",
          () -> {
            try {
              return standby.query("postgres", "SELECT n FROM streamed").contains("7");
            } catch (SQLException notYet) {
              return false;
            }
          });
      assertThatThrownBy(() -> standby.execute("INSERT INTO streamed VALUES (8)"))
          .hasMessageContaining("read-only");
      standby.promote();
      standby.execute("INSERT INTO streamed VALUES (8)");
    }
  }
}
