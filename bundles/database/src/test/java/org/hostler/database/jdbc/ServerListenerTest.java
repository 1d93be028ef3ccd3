// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who wants to hear a server's notifications, while there is no connection that hears them. */
@Timeout(60)
class ServerListenerTest {
  private static final int LONG_MILLIS = 30_000;
  private static final Duration LONG = Duration.ofMillis(LONG_MILLIS);

  @TempDir Path base;

  /** The server may be there since: what failed began before it was asked for. */
  @Test
  void whoAsksDuringAnAttemptIsToldOfTheNextOneOnly_N8() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(LONG_MILLIS);
      String url = "jdbc:postgresql://127.0.0.1:%d/x?sslmode=disable";
      TestHost host =
          new TestHost(base, Map.of("database.x.url", url.formatted(server.getLocalPort())));
      try (Notifications notifications =
          new Notifications(host.connections, any -> {}, any -> false)) {
        CompletableFuture<Void> early = listen(host, notifications, "early");
        CompletableFuture<Void> late;
        try (Socket first = server.accept()) {
          assertThat(first.isConnected()).isTrue();
          late = listen(host, notifications, "late");
          while (!notifications.channels("x").contains("late")) {
            Thread.onSpinWait();
          }
        }
        assertThat(early).failsWithin(LONG);
        try (Socket second = server.accept()) {
          assertThat(second.isConnected()).isTrue();
          assertThat(late).isNotDone();
        }
        assertThat(late).failsWithin(LONG);
      }
      host.close();
    }
  }

  private static CompletableFuture<Void> listen(
      TestHost host, Notifications notifications, String channel) {
    DatabaseTarget target = host.connections.config().database("x");
    return CompletableFuture.runAsync(
        () -> {
          try {
            notifications.listen(target, channel, received -> {});
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        },
        host.threads::execute);
  }
}
