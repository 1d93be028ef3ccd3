// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.hostler.database.DatabaseSession;
import org.hostler.worker.stat.WorkerEvent;
import org.junit.Test;

/**
 * Connections of an ordinary client, beside the session or without one, on the embedded database.
 */
public class OrdinaryClientInsideFelix extends SessionFixture {

  @Test
  public void aLifeUsesItsSessionAndOrdinaryConnectionsSideBySide() throws Exception {
    table("sides");
    AtomicReference<Connection> left = new AtomicReference<>();
    AtomicReference<DataSource> source = new AtomicReference<>();
    does(
        "both",
        context -> {
          DatabaseSession session = context.database().connect(database(), null);
          session.update("insert into sides values (1)");
          source.set(context.database().dataSource(database()));
          assertThat(context.database().dataSource(database())).isSameAs(source.get());
          try (Connection one = source.get().getConnection();
              Connection two = source.get().getConnection()) {
            one.createStatement().execute("insert into sides values (2)");
            two.createStatement().execute("insert into sides values (3)");
          }
          left.set(source.get().getConnection());
          left.get().setAutoCommit(false);
          left.get().createStatement().execute("insert into sides values (4)");
        });
    assertThat(left.get().isClosed()).isTrue();
    assertThatThrownBy(() -> left.get().createStatement().execute("select 1"))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> source.get().getConnection()).isInstanceOf(SQLException.class);
    assertThat(column("select n from sides order by n")).containsExactly("1", "2", "3");
  }

  @Test
  public void ordinaryConnectionsNeedNoFlag() throws Exception {
    AtomicBoolean read = new AtomicBoolean();
    offer(
        "plain",
        context -> {
          try (Connection connection = context.database().dataSource(database()).getConnection()) {
            read.set(connection.createStatement().executeQuery("select 1").next());
          }
        });
    assertThat(end(register(worker("plain").build())).status()).hasValue(0);
    assertThat(read).isTrue();
    WorkerEvent unknown =
        life("unknown", context -> context.database().dataSource("no_such_database"));
    assertThat(unknown.detail()).contains("no_such_database");
  }
}
