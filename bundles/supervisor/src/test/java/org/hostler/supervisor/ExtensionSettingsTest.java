// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hostler.worker.SettingChange.RESTART;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hostler.worker.SettingDefinition;
import org.hostler.worker.SettingStat;
import org.hostler.worker.SettingsRefused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtensionSettingsTest {
  private static final SettingDefinition NAPTIME =
      SettingDefinition.duration("worker_spi.naptime", Duration.ofSeconds(10))
          .range(Duration.ofMillis(1), Duration.ofDays(1));
  private static final SettingDefinition TOTAL =
      SettingDefinition.integer("worker_spi.total_workers", 2).range(1, 100).change(RESTART);

  @TempDir Path base;
  private final List<String> warnings = new ArrayList<>();
  private boolean preloading = true;

  @BeforeEach
  void instance() throws IOException {
    Files.createDirectory(base.resolve("conf"));
  }

  private SettingsRegistry open(String... lines) throws IOException {
    write(lines);
    return new SettingsRegistry(base, Map.of(), () -> preloading, warnings::add);
  }

  private void write(String... lines) throws IOException {
    Files.write(base.resolve(Configuration.FILE), List.of(lines));
  }

  private static SettingsRefused refused(Runnable action) {
    return catchThrowableOfType(SettingsRefused.class, action::run);
  }

  private static SettingStat row(SettingsRegistry settings, String name) {
    return settings.all().stream().filter(stat -> stat.name().equals(name)).findAny().orElseThrow();
  }

  @Test
  void valueIsAPlaceholderUntilItsBundleDefinesIt_G9() throws IOException {
    SettingsRegistry settings = open("worker_spi.naptime = '3 s'");
    assertThat(row(settings, "worker_spi.naptime").placeholder()).isTrue();
    assertThat(settings.current().text("worker_spi.naptime")).isEqualTo("3 s");
    settings.define(NAPTIME);
    assertThat(row(settings, "worker_spi.naptime").placeholder()).isFalse();
    assertThat(settings.current().duration("worker_spi.naptime")).isEqualTo(Duration.ofSeconds(3));
    settings.define(TOTAL);
    assertThat(settings.current().integer("worker_spi.total_workers")).isEqualTo(2);
    assertThat(warnings).isEmpty();
  }

  @Test
  void placeholderThatDoesNotFitIsWarnedOfAndTheDefaultHolds_G9() throws IOException {
    SettingsRegistry settings = open("", "worker_spi.naptime = often");
    settings.define(NAPTIME);
    assertThat(settings.current().text("worker_spi.naptime")).isEqualTo("10s");
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("conf/hostler.conf:2: setting \"worker_spi.naptime\": \"often\"")
        .endsWith("its default is used");
    assertThat(refused(settings::reload)).hasMessageContaining("\"often\" is not a duration");
  }

  @Test
  void restartSettingIsDefinedWhilePreloadingOnly_G7_G9() throws IOException {
    SettingsRegistry settings = open("worker_spi.total_workers = 3");
    preloading = false;
    SettingsRefused refused = refused(() -> settings.define(TOTAL));
    assertThat(refused)
        .hasMessage("setting \"worker_spi.total_workers\": cannot be defined after start-up");
    assertThat(refused.hint()).contains("shared_preload_libraries");
    assertThat(row(settings, "worker_spi.total_workers").placeholder()).isTrue();
    settings.define(NAPTIME);
  }

  @Test
  void updatedBundleDefinesItsSettingsAgainAndARestartSettingKeepsItsValue_G9() throws IOException {
    SettingsRegistry settings = open("worker_spi.total_workers = 3");
    settings.define(TOTAL);
    preloading = false;
    write("worker_spi.total_workers = 4");
    settings.reload();
    settings.define(TOTAL.range(1, 200));
    assertThat(settings.current().integer("worker_spi.total_workers")).isEqualTo(3);
    assertThat(row(settings, "worker_spi.total_workers").range()).hasToString("1 to 200");
    assertThat(row(settings, "worker_spi.total_workers").pending()).contains("4");
    assertThat(row(settings, "worker_spi.total_workers").pendingRestart()).isTrue();
    assertThat(refused(() -> settings.define(SettingDefinition.text(TOTAL.name(), ""))))
        .hasMessage("setting \"worker_spi.total_workers\": has been defined differently");
  }

  @Test
  void otherNamesUnderADefinedPrefixAreWarnedOfAndDropped_G9() throws IOException {
    SettingsRegistry settings = open("worker_spi.naptme = 3s", "other.x = 1");
    settings.define(NAPTIME);
    settings.dropUnknown();
    settings.dropUnknown();
    assertThat(warnings)
        .containsExactly(
            "conf/hostler.conf:1: setting \"worker_spi.naptme\": unknown, dropped"
                + " (\"worker_spi\" belongs to an extension that defines no such setting."
                + " Did you mean \"worker_spi.naptime\"?)");
    assertThat(settings.current().has("worker_spi.naptme")).isFalse();
    assertThat(settings.current().has("other.x")).isTrue();
    assertThat(settings.reload().warnings()).isEqualTo(warnings);
    assertThat(warnings).hasSize(1);
    assertThat(refused(() -> settings.set("worker_spi.naptme", "1")).hint())
        .isEqualTo("Did you mean \"worker_spi.naptime\"?");
  }

  @Test
  void definitionThatComesLaterStillFindsADroppedValue_G9() throws IOException {
    SettingsRegistry settings = open("worker_spi.total_workers = 3");
    settings.define(NAPTIME);
    settings.dropUnknown();
    settings.define(TOTAL);
    assertThat(settings.current().integer("worker_spi.total_workers")).isEqualTo(3);
  }

  @Test
  void placeholderMayBeSetBeforeItsBundleIsThere() throws IOException {
    SettingsRegistry settings = open();
    settings.set("worker_spi.naptime", "5s");
    assertThat(row(settings, "worker_spi.naptime").pending()).contains("5s");
    settings.define(NAPTIME);
    assertThat(settings.current().text("worker_spi.naptime")).isEqualTo("10s");
    settings.reload();
    assertThat(settings.current().text("worker_spi.naptime")).isEqualTo("5s");
  }

  @ParameterizedTest
  @CsvSource({"naptime", "worker_limits.acme", "database.main.size", "log_level.x"})
  void hostsNamesAreNoExtensions(String name) throws IOException {
    SettingsRegistry settings = open();
    assertThat(refused(() -> settings.define(SettingDefinition.text(name, ""))))
        .hasMessage("setting \"%s\": is not an extension's name".formatted(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "worker_limits.a = 5|\"5\" is not RESERVE:CAP|",
        "worker_limits.a = 5:2|reserves more than its cap|",
        "worker_isolation.a = vm|\"vm\" is none of its values|",
        "log_level.a.b = loud|\"loud\" is none of its values|",
        "database.main.allow_connections = perhaps|\"perhaps\" is not a bool|",
        "database.main.pool_size = 0|0 is outside its range|",
        "database.main.connect_timeout = 2parsecs|\"2parsecs\" is not a duration|",
        "database.main.passwordfile = x|unknown|Did you mean \"database.main.password_file\"?",
        "role.hostler.log = on|unknown|Did you mean \"role.hostler.login\"?",
        "worker_limits = 1:2|unknown|Legal names: worker_limits.<library>.",
        "role.login = x|unknown|Legal names: role.<name>.login, role.<name>.password_file."
      })
  void wrongMemberOfAFamilyIsRefused(String line, String wrong, String hint) {
    SettingsRefused refused = refused(() -> openUnchecked(line));
    assertThat(refused.getMessage()).startsWith("conf/hostler.conf:1: ").endsWith(wrong);
    if (hint != null) {
      assertThat(refused.hint()).isEqualTo(hint);
    }
  }

  @Test
  void starStandsForEveryDatabase() throws IOException {
    SettingsRegistry settings =
        open(
            "database.*.url = 'jdbc:postgresql://h/{database}'",
            "database.*.connect_timeout = 5s",
            "database.main.pool_size = 20");
    assertThat(settings.current().text("database.*.url"))
        .isEqualTo("jdbc:postgresql://h/{database}");
    assertThat(settings.current().duration("database.*.connect_timeout")).hasSeconds(5);
    assertThat(settings.current().integer("database.main.pool_size")).isEqualTo(20);
    settings.set("database.*.user", "postgres");
    settings.reload();
    assertThat(settings.current().text("database.*.user")).isEqualTo("postgres");
  }

  private void openUnchecked(String line) {
    try {
      open(line);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void passwordIsNeverRepeated() {
    for (String line :
        List.of(
            "database.main.url = 'jdbc:postgresql://h/x?user=u&password=s3cret'",
            "database.main.url = 'jdbc:mysql://bob:s3cret@h:3306/x'",
            "database.main.url = 'jdbc:oracle:thin:scott/s3cret@//h:1521/x'",
            "database.main.password = s3cret",
            "database.main.password = s3cret s3cret")) {
      SettingsRefused refused = refused(() -> openUnchecked(line));
      assertThat(refused.getMessage() + refused.detail() + refused.hint())
          .contains("database.main")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void addressWithoutAPasswordIsTakenAsItIs() throws IOException {
    for (String url :
        List.of(
            "jdbc:postgresql://h:5432/x?user=u@domain",
            "jdbc:postgresql://[::1]:5432,other:5433/{database}?targetServerType=primary",
            "jdbc:h2:tcp://h:9092/x")) {
      assertThat(open("database.main.url = '" + url + "'").current().text("database.main.url"))
          .isEqualTo(url);
    }
  }

  @Test
  void reservationsMustFitIntoTheTable() {
    SettingsRefused refused =
        catchThrowableOfType(
            SettingsRefused.class,
            () ->
                open("max_worker_processes = 4", "worker_limits.a = 3:4", "worker_limits.b = 2:2"));
    assertThat(refused)
        .hasMessage(
            "conf/hostler.conf:1: setting \"max_worker_processes\": fewer slots than are reserved");
    assertThat(refused.detail()).isEqualTo("There are 4 slots; worker_limits reserves 5.");
  }
}
