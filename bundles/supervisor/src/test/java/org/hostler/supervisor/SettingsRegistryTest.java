// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hostler.worker.ReloadResult;
import org.hostler.worker.SettingSource;
import org.hostler.worker.SettingStat;
import org.hostler.worker.SettingsRefused;
import org.hostler.worker.SettingsSnapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsRegistryTest {
  @TempDir Path base;

  @BeforeEach
  void instance() throws IOException {
    Files.createDirectory(base.resolve("conf"));
  }

  private void write(String... lines) throws IOException {
    Files.write(base.resolve(Configuration.FILE), List.of(lines));
  }

  private SettingsRegistry open(String... lines) throws IOException {
    return open(Map.of(), lines);
  }

  private SettingsRegistry open(Map<String, String> arguments, String... lines) throws IOException {
    write(lines);
    return new SettingsRegistry(base, arguments, () -> true, warning -> {});
  }

  private SettingsRefused refusedAtStart(String... lines) {
    return catchThrowableOfType(SettingsRefused.class, () -> open(lines));
  }

  private static SettingStat row(SettingsRegistry settings, String name) {
    return settings.all().stream().filter(stat -> stat.name().equals(name)).findAny().orElseThrow();
  }

  private static List<String> names(SettingsRegistry settings) {
    return settings.all().stream().map(SettingStat::name).toList();
  }

  @Test
  void emptyFileGivesTheDefaults_G1_G12() throws IOException {
    SettingsSnapshot settings = open().current();
    assertThat(settings.integer("max_worker_processes")).isEqualTo(256);
    assertThat(settings.bool("restart_after_crash")).isTrue();
    assertThat(settings.list("dynamic_library_path")).containsExactly("extensions", "$libdir");
    assertThat(settings.duration("worker_stop_timeout")).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.bytes("log_rotation_size")).isEqualTo(10 << 20);
    assertThat(settings.text("process_heap")).isEqualTo("64MB");
  }

  @Test
  void lastLineWinsAndNamesHaveNoCase() throws IOException {
    SettingsRegistry settings = open("Worker_Stop_Timeout = 1s", "worker_stop_timeout = 2s");
    assertThat(settings.current().text("worker_stop_timeout")).isEqualTo("2s");
    assertThat(row(settings, "worker_stop_timeout").line()).hasValue(2);
    assertThat(row(settings, "worker_stop_timeout").file()).contains("conf/hostler.conf");
  }

  @Test
  void commandLineWinsOverAutomaticFileOverFileOverDefault() throws IOException {
    String[] lines = {"history_size = 1", "crash_scope = all", "worker_stop_timeout = 1s"};
    SettingsRegistry first = open(lines);
    first.set("history_size", "2");
    first.set("crash_scope", "attached");
    SettingsRegistry settings = open(Map.of("history_size", "3"), lines);
    assertThat(row(settings, "history_size").source()).isEqualTo(SettingSource.COMMAND_LINE);
    assertThat(row(settings, "history_size").value()).isEqualTo("3");
    assertThat(row(settings, "crash_scope").source()).isEqualTo(SettingSource.AUTOMATIC_FILE);
    assertThat(row(settings, "crash_scope").value()).isEqualTo("attached");
    assertThat(row(settings, "worker_stop_timeout").source())
        .isEqualTo(SettingSource.CONFIGURATION_FILE);
    assertThat(row(settings, "log_level").source()).isEqualTo(SettingSource.DEFAULT);
  }

  @Test
  void preloadListIsReadEntryByEntry_G4() throws IOException {
    SettingsRegistry settings =
        open("shared_preload_libraries = ' org.acme.a , \"org.acme.b;[1.2,2)\" '");
    assertThat(settings.current().list("shared_preload_libraries"))
        .containsExactly("org.acme.a", "org.acme.b;[1.2,2)");
    assertThat(open("shared_preload_libraries = ''").current().list("shared_preload_libraries"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'a,,b'|list syntax is wrong|an empty entry at character 3: a,,b",
        "'a, \"b'|list syntax is wrong|an unbalanced double quote at character 4: a, \"b",
        "'b;[1.2,2)'|\"b;[1.2\" is not a library|invalid range \"[1.2\": invalid format",
        "'a b'|\"a b\" is not a library|a symbolic name has letters, digits, '.', '_' and '-'"
      })
  void badPreloadListEndsTheStart_G4_G5(String value, String wrong, String detail) {
    SettingsRefused refused = refusedAtStart("", "shared_preload_libraries = " + value);
    assertThat(refused)
        .hasMessage("conf/hostler.conf:2: setting \"shared_preload_libraries\": " + wrong);
    assertThat(refused.detail()).isEqualTo(detail);
    assertThat(refused.hint()).contains("double quotes");
  }

  @Test
  void unknownSettingIsRefusedWithTheNearest() {
    SettingsRefused refused = refusedAtStart("max_worker_proceses = 3");
    assertThat(refused).hasMessage("conf/hostler.conf:1: setting \"max_worker_proceses\": unknown");
    assertThat(refused.hint()).isEqualTo("Did you mean \"max_worker_processes\"?");
  }

  @Test
  void badUnitIsRefusedWithTheValidOnes() {
    SettingsRefused refused = refusedAtStart("worker_stop_timeout = '10 parsecs'");
    assertThat(refused.getMessage()).contains("\"10 parsecs\" is not a duration");
    assertThat(refused.hint()).contains("Valid units are us, ms, s, min, h, d.");
  }

  @Test
  void everyErrorIsReportedAtOnce() {
    SettingsRefused refused =
        refusedAtStart("nonsense = 1", "log_level = loud", "fine.one = 'x", "history_size = -1");
    assertThat(refused).hasMessage("configuration: 4 errors");
    assertThat(refused.detail().lines())
        .containsExactly(
            "conf/hostler.conf:1: setting \"nonsense\": unknown",
            "conf/hostler.conf:2: setting \"log_level\": \"loud\" is none of its values"
                + " (Available values: error, warn, info, debug, trace, off.)",
            "conf/hostler.conf:3: setting \"fine.one\": unbalanced single quote"
                + " (It is near: 'x. End the value with a single quote; a quote in it is doubled.)",
            "conf/hostler.conf:4: setting \"history_size\": -1 is outside its range"
                + " (The range is 0 to 10000000.)");
  }

  @Test
  void wrongArgumentIsSaidToBeOfTheCommandLine() {
    SettingsRefused refused =
        catchThrowableOfType(
            SettingsRefused.class, () -> open(Map.of("max_worker_processes", "many")));
    assertThat(refused)
        .hasMessage("command line: setting \"max_worker_processes\": \"many\" is not an integer");
  }

  @Test
  void missingFileIsRefused() {
    SettingsRefused refused =
        catchThrowableOfType(
            SettingsRefused.class,
            () -> new SettingsRegistry(base, Map.of(), () -> true, warning -> {}));
    assertThat(refused).hasMessageContaining("\"conf/hostler.conf\": does not exist");
  }

  @Test
  void reloadChangesEverythingOrNothing() throws IOException {
    SettingsRegistry settings = open("history_size = 1", "crash_scope = all");
    SettingsSnapshot before = settings.current();
    write("history_size = 2", "crash_scope = some");
    SettingsRefused refused = catchThrowableOfType(SettingsRefused.class, settings::reload);
    assertThat(refused.getMessage()).startsWith("conf/hostler.conf:2: setting \"crash_scope\"");
    assertThat(settings.current()).isSameAs(before);
    write("history_size = 2");
    ReloadResult result = settings.reload();
    assertThat(result.changed()).containsExactly("crash_scope", "history_size");
    assertThat(result.version()).isGreaterThan(before.version());
    assertThat(settings.current().integer("history_size")).isEqualTo(2);
    assertThat(before.integer("history_size")).isEqualTo(1);
    assertThat(settings.reload().changed()).isEmpty();
  }

  @Test
  void restartSettingIgnoresReloadAndIsShownAsPending_G10() throws IOException {
    SettingsRegistry settings = open("preload_timeout = 5s");
    write("preload_timeout = 6s");
    ReloadResult result = settings.reload();
    assertThat(result.changed()).isEmpty();
    assertThat(result.pendingRestart()).containsExactly("preload_timeout");
    assertThat(settings.current().text("preload_timeout")).isEqualTo("5s");
    SettingStat row = row(settings, "preload_timeout");
    assertThat(row.value()).isEqualTo("5s");
    assertThat(row.pending()).contains("6s");
    assertThat(row.pendingRestart()).isTrue();
    write("preload_timeout = 5s");
    assertThat(settings.reload().pendingRestart()).isEmpty();
  }

  @Test
  void validatorRefusesAReloadAtTheLineItIsAbout_G1() throws IOException {
    SettingsRegistry settings = open("max_worker_processes = 10");
    settings.validator(
        "max_worker_processes",
        next ->
            next.integer("max_worker_processes") >= 5
                ? Optional.empty()
                : Optional.of(new SettingsRefused("setting \"m\": 5 slots are in use", "", "")));
    write("", "max_worker_processes = 4");
    SettingsRefused refused = catchThrowableOfType(SettingsRefused.class, settings::reload);
    assertThat(refused).hasMessage("conf/hostler.conf:2: setting \"m\": 5 slots are in use");
    assertThat(settings.current().integer("max_worker_processes")).isEqualTo(10);
    write("max_worker_processes = 5000");
    settings.reload();
    assertThat(settings.current().integer("max_worker_processes")).isEqualTo(5000);
  }

  @Test
  void listenersHearOfEveryReloadAndOfNoRefusedOne_L3() throws IOException {
    SettingsRegistry settings = open("history_size = 1");
    List<Integer> heard = new ArrayList<>();
    settings.onReload(next -> heard.add(next.integer("history_size")));
    write("history_size = 2");
    settings.reload();
    settings.reload();
    write("history_size = none");
    catchThrowableOfType(SettingsRefused.class, settings::reload);
    assertThat(heard).containsExactly(2, 2);
  }

  @Test
  void setOnlyWritesAndReloadApplies() throws IOException {
    SettingsRegistry settings = open();
    settings.set("LOG_LEVEL", "debug");
    settings.set("default_database", "it's");
    assertThat(Files.readString(base.resolve(Configuration.AUTOMATIC_FILE)))
        .endsWith("log_level = 'debug'\ndefault_database = 'it''s'\n");
    assertThat(settings.current().text("log_level")).isEqualTo("info");
    assertThat(row(settings, "log_level").pending()).contains("debug");
    assertThat(row(settings, "default_database").pendingRestart()).isFalse();
    assertThat(settings.reload().changed()).containsExactly("log_level");
    assertThat(row(settings, "log_level").source()).isEqualTo(SettingSource.AUTOMATIC_FILE);
    assertThat(row(settings, "log_level").pending()).isEmpty();
    assertThat(row(settings, "default_database").pendingRestart()).isTrue();
    assertThat(open().current().text("default_database")).isEqualTo("it's");
    settings.reset("log_level");
    assertThat(row(settings, "log_level").pending()).contains("info");
    settings.reload();
    assertThat(settings.current().text("log_level")).isEqualTo("info");
    assertThat(base.resolve("conf")).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void refusedSetChangesNothing() throws IOException {
    SettingsRegistry settings = open();
    for (String[] wrong :
        new String[][] {
          {"history_size", "-1"}, {"histry_size", "1"}, {"log_level", "in\nfo"}, {"include", "x"}
        }) {
      assertThat(
              catchThrowableOfType(SettingsRefused.class, () -> settings.set(wrong[0], wrong[1])))
          .isNotNull();
    }
    assertThat(catchThrowableOfType(SettingsRefused.class, () -> settings.reset("nonsense")))
        .hasMessage("setting \"nonsense\": unknown");
    settings.reset("history_size");
    assertThat(base.resolve(Configuration.AUTOMATIC_FILE)).doesNotExist();
  }

  @Test
  void memberOfAFamilyExistsWhenItIsNamed() throws IOException {
    SettingsRegistry settings = open("WORKER_LIMITS.org.acme.jobs = 2:10");
    assertThat(settings.current().names(WorkerLimits.PREFIX))
        .containsExactly("worker_limits.org.acme.jobs");
    settings.set("log_level.org.acme", "trace");
    assertThat(row(settings, "log_level.org.acme").pending()).contains("trace");
    write();
    settings.reload();
    assertThat(names(settings)).contains("log_level.org.acme").doesNotContain("worker_limits.x");
    assertThat(settings.current().has("worker_limits.org.acme.jobs")).isFalse();
    settings.reset("log_level.org.acme");
    settings.reload();
    assertThat(names(settings)).doesNotContain("log_level.org.acme");
  }
}
