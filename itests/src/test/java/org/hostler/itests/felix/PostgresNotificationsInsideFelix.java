// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hostler.database.DatabaseNotification;
import org.hostler.database.Databases;
import org.junit.Test;

/** The same on PostgreSQL, where they are the server's own. */
public class PostgresNotificationsInsideFelix extends NotificationsInsideFelix {
  @Override
  String database() {
    return "pg";
  }

  @Test
  public void whatOtherClientsSendIsHeard_N8() throws Exception {
    BlockingQueue<DatabaseNotification> served = new LinkedBlockingQueue<>();
    try (Databases.Subscription open = databases.subscribe("pg", "Wire", served::add)) {
      assertThat(open).isNotNull();
      sql("select pg_notify('Wire', 'by hand')");
      assertThat(served.poll(SOON.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(new DatabaseNotification("pg", "Wire", "by hand"));
    }
  }
}
