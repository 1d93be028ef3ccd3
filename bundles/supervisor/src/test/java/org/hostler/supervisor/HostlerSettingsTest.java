// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hostler.worker.Refusal;
import org.hostler.worker.SettingChange;
import org.hostler.worker.SettingDefinition;
import org.hostler.worker.SettingsSnapshot;
import org.junit.jupiter.api.Test;

class HostlerSettingsTest {
  /** What {@code init} writes, and the distribution carries. */
  private static final Path TEMPLATE =
      Path.of("../../host/src/main/resources/org/hostler/host/hostler.conf");

  private static final Pattern COMMENTED = Pattern.compile("#([a-z_]+(?:\\.[a-z_<>.]+)?) = (.*)");

  private record Line(String name, String value, String text) {}

  private static List<Line> template() throws IOException, ConfigurationLine.Malformed {
    List<Line> lines = new ArrayList<>();
    for (String text : Files.readAllLines(TEMPLATE)) {
      Matcher matcher = COMMENTED.matcher(text);
      String line = matcher.matches() ? text.substring(1).replaceAll("<(\\w+)>", "$1") : text;
      Optional<ConfigurationLine.Entry> entry = ConfigurationLine.parse(line);
      entry.ifPresent(found -> lines.add(new Line(found.name(), found.value(), text)));
    }
    return lines;
  }

  @Test
  void templateHasEverySettingAtItsDefault() throws Exception {
    Map<String, Line> lines = new HashMap<>();
    template().forEach(line -> lines.put(line.name(), line));
    for (KnownSetting setting : HostlerSettings.all()) {
      SettingDefinition definition = setting.definition();
      Line line = lines.get(definition.name());
      assertThat(line).as(definition.name()).isNotNull();
      assertThat(line.text().contains("(restart)"))
          .as(line.text())
          .isEqualTo(definition.change() == SettingChange.RESTART);
      if (line.text().startsWith("#")) {
        assertThat(setting.parse(line.value())).as(line.text()).isEqualTo(setting.defaultValue());
      }
    }
  }

  @Test
  void templateNamesNoSettingThatIsUnknown() throws Exception {
    SettingCatalog catalog = SettingCatalog.ofHost();
    assertThat(template())
        .filteredOn(line -> !ConfigurationReader.INCLUDES.contains(line.name()))
        .allMatch(line -> catalog.find(line.name()).isPresent() || catalog.placeholder(line.name()))
        .hasSizeGreaterThan(30);
  }

  @Test
  void everySettingIsDescribedInASentence() {
    for (KnownSetting setting : HostlerSettings.all()) {
      assertThat(setting.definition().description())
          .as(setting.definition().name())
          .matches("[A-Z].*\\.");
    }
  }

  @Test
  void logHearsOfItsOwnSettingsOnly() {
    SettingsSnapshot settings =
        SettingsSnapshot.of(
            1,
            Map.of(
                "log_destination",
                List.of("file", "stderr"),
                "log_rotation_size",
                10L << 20,
                "log_level",
                "info",
                "log_level.org.acme",
                "debug",
                "history_size",
                1));
    assertThat(LogSettings.values(settings))
        .isEqualTo(
            Map.of(
                "log_destination",
                "file,stderr",
                "log_rotation_size",
                "10485760",
                "log_level",
                "info",
                "log_level.org.acme",
                "debug",
                "log_level.com.zaxxer.hikari", // unless it is set
                "warn"));
    assertThat(LogSettings.values(LogSettings.defaults())).containsEntry("log_level", "info");
  }

  @Test
  void fewerSlotsThanAreInUseAreRefused_G1() {
    SettingsSnapshot settings = SettingsSnapshot.of(1, Map.of("max_worker_processes", 4));
    assertThat(InstanceSettings.enough(settings, () -> 4)).isEmpty();
    assertThat(InstanceSettings.enough(settings, () -> 5).orElseThrow())
        .hasMessage("setting \"max_worker_processes\": fewer slots than are in use")
        .extracting(Refusal::detail)
        .isEqualTo("There would be 4 slots; 5 are in use.");
  }
}
