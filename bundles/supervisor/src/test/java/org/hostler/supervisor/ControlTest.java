// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import org.hostler.worker.stat.HostStat;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {
  @TempDir Path base;

  private static String ask(BiConsumer<String, SocketChannel> control, String argument)
      throws IOException {
    try (ServerSocketChannel server =
            ServerSocketChannel.open().bind(new InetSocketAddress("localhost", 0));
        SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
      try (SocketChannel accepted = server.accept()) {
        control.accept(argument, accepted);
      }
      StringBuilder frames = new StringBuilder();
      DataInputStream in = new DataInputStream(Channels.newInputStream(client));
      for (int type = in.read(); type >= 0; type = in.read()) {
        byte[] payload = in.readNBytes(in.readInt());
        frames.append((char) type).append(new String(payload, StandardCharsets.UTF_8));
      }
      return frames.toString();
    }
  }

  private static HostStat host() {
    return new HostStat(
        HostStat.Phase.HOT_STANDBY,
        42,
        "0.1.0",
        "17",
        "felix",
        "/base",
        Instant.ofEpochMilli(1_700_000_000_000L),
        Duration.ofMillis(77),
        256,
        3,
        Map.of(WorkerState.RUNNING, 2, WorkerState.PARKED, 1));
  }

  @Test
  void theStatusIsOneObjectWithACountForEveryState() throws IOException {
    assertThat(ask(new StatusControl(ControlTest::host), "json"))
        .isEqualTo(
            "O{\"state\":\"hot_standby\",\"pid\":42,\"version\":\"0.1.0\",\"java\":\"17\","
                + "\"framework\":\"felix\",\"base\":\"/base\","
                + "\"startedAt\":\"2023-11-14T22:13:20.000Z\",\"uptimeMs\":77,"
                + "\"slots\":{\"max\":256,\"used\":3},"
                + "\"workers\":{\"requested\":0,\"pending\":0,\"starting\":0,\"running\":2,"
                + "\"ready\":0,\"backoff\":0,\"stopping\":0,\"abandoned\":0,\"parked\":1}}\nX0");
  }

  @Test
  void theStatusInWordsLeavesOutWhatIsNot() throws IOException {
    assertThat(ask(new StatusControl(ControlTest::host), ""))
        .startsWith("Ostate hot_standby, pid 42")
        .contains("running 2")
        .doesNotContain("backoff")
        .endsWith("X0");
  }

  @Test
  void aReloadSaysWhatChangedOrWhyItIsRefused() throws IOException {
    Path conf = Files.createDirectories(base.resolve("conf")).resolve("hostler.conf");
    Files.writeString(conf, "history_size = 5\n");
    SettingsRegistry settings = new SettingsRegistry(base, Map.of(), () -> false, warning -> {});
    ReloadControl reload = new ReloadControl(settings);
    assertThat(ask(reload, "")).isEqualTo("Oreloaded, nothing changed\nX0");
    Files.writeString(conf, "history_size = 500\nstart_level_base = 60\n");
    assertThat(ask(reload, ""))
        .isEqualTo("Oreloaded, changed: history_size\nwaiting for a restart: start_level_base\nX0");
    Files.writeString(conf, "histry_size = 500\n");
    assertThat(ask(reload, ""))
        .startsWith("E")
        .contains("\"histry_size\": unknown", "\nhint: Did you mean \"history_size\"?")
        .endsWith("X1");
  }
}
