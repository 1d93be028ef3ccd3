// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hostler.database.DatabaseNotification;
import org.hostler.database.DatabaseSession;
import org.hostler.database.Databases;
import org.hostler.worker.BackgroundWorkerHandle;
import org.junit.Test;

/** Notifications, on the embedded database. */
public class NotificationsInsideFelix extends SessionFixture {

  @Test
  public void notificationsAreSentAtCommitAndHeardByWorkersAndServices_N8() throws Exception {
    BlockingQueue<DatabaseNotification> heard = new LinkedBlockingQueue<>();
    offer(
        "listener",
        context -> {
          DatabaseSession session = context.database().connect(database(), null);
          session.listen("news");
          session.listen("news");
          context.ready();
          for (; ; ) {
            context.latch().reset();
            context.checkForInterrupts();
            heard.addAll(session.notifications());
            context.latch().await(Duration.ofHours(1));
          }
        });
    BackgroundWorkerHandle listener = register(client("listener").build());
    assertThat(listener.awaitReady(SOON)).isTrue();
    BlockingQueue<DatabaseNotification> served = new LinkedBlockingQueue<>();
    try (Databases.Subscription open = databases.subscribe(database(), "news", served::add)) {
      assertThat(open).isNotNull();
      does(
          "sender",
          context -> {
            DatabaseSession session = context.database().connect(database(), null);
            assertThatThrownBy(
                    () ->
                        session.inTransaction(
                            connection -> {
                              session.notify("news", "rolled back");
                              throw new SQLException("no");
                            }))
                .hasMessage("no");
            session.inTransaction(
                connection -> {
                  session.notify("news", "first");
                  session.notify("other", "not asked for");
                  session.notify("news", "second");
                  assertThat(heard).isEmpty();
                  return null;
                });
            session.notify("news", "");
          });
      for (String payload : List.of("first", "second", "")) {
        DatabaseNotification expected = new DatabaseNotification(database(), "news", payload);
        assertThat(heard.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(expected);
        assertThat(served.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(expected);
      }
    }
    does("later", context -> context.database().connect(database(), null).notify("news", "closed"));
    assertThat(heard.poll(SOON.toSeconds(), TimeUnit.SECONDS).payload()).isEqualTo("closed");
    assertThat(served).isEmpty();
  }
}
