// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Settings are read, shown, set, reloaded and refused. */
public class SettingsIT {
  @ClassRule public static final Instances INSTANCES = new Instances();

  private static Instance host;
  private static String written;

  @BeforeClass
  public static void start() throws IOException {
    host = INSTANCES.init("main");
    host.configure(
        "shared_preload_libraries = 'org.hostler.sample.heartbeat'",
        "heartbeat.interval = 20s",
        "unknown.extension = 'kept'",
        "max_worker_processes = 10",
        "preload_timeout = 19s",
        "include_if_exists = 'nothing.conf'");
    host.start("-c", "history_size=500");
    written = Files.readString(conf());
  }

  @Before
  public void restoreTheFile() throws IOException {
    Files.writeString(conf(), written);
    Files.deleteIfExists(host.base().resolve("conf/hostler.auto.conf"));
    host.hostler("reload").ok();
  }

  private static Path conf() {
    return host.base().resolve("conf/hostler.conf");
  }

  private static JsonNode setting(String name) {
    JsonNode rows = host.json("bgw:settings --json " + name);
    assertThat(rows.size()).as(name).isOne();
    return rows.get(0);
  }

  private static String value(String name) {
    return setting(name).path("value").asText();
  }

  @Test
  public void showsValueSourceFileAndLine() {
    assertThat(value("max_worker_processes")).isEqualTo("10");
    assertThat(setting("max_worker_processes").toString()).contains("hostler.conf");
    assertThat(value("history_size")).isEqualTo("500");
    assertThat(value("worker_interrupt_delay")).isEqualTo("200ms");
    assertThat(host.exec("bgw:settings").ok().out())
        .contains("max_worker_processes")
        .contains("heartbeat.interval");
  }

  @Test
  public void extensionsSettingIsDefinedByItsBundleAndOthersArePlaceholders_G9() {
    assertThat(value("heartbeat.interval")).isEqualTo("20s");
    assertThat(setting("unknown.extension").toString()).contains("placeholder");
  }

  @Test
  public void reloadTakesTheNewValuesOrNone_G10() throws IOException {
    host.configure("heartbeat.interval = 33s", "max_worker_processes = 12");
    assertThat(value("heartbeat.interval")).isEqualTo("20s");
    host.hostler("reload").ok();
    assertThat(value("heartbeat.interval")).isEqualTo("33s");
    assertThat(value("max_worker_processes")).isEqualTo("12");

    host.configure("heartbeat.interval = 44s", "max_worker_processes = many");
    host.hostler("reload").refused(1, "hostler.conf:", "max_worker_processes", "many");
    host.exec("bgw:reload").refused(1, "max_worker_processes");
    assertThat(value("heartbeat.interval")).isEqualTo("33s");
  }

  @Test
  public void newIntervalHoldsAtOnceForAWorkerThatAskedToBeWoken_L3_T22() throws IOException {
    host.configure("heartbeat.interval = 50ms");
    long before = beats();
    host.hostler("reload").ok();
    Await.until("beats", () -> beats() > before + 5);
    assertThat(host.lives().get("heartbeat")).endsWith(":1");
  }

  private static long beats() {
    return host.log().lines().filter(line -> line.contains("the heart beats")).count();
  }

  @Test
  public void setIsKeptInTheAutoFileAndTakesEffectAtReload() throws IOException {
    host.exec("bgw:set heartbeat.interval 55s").ok();
    assertThat(Files.readString(host.base().resolve("conf/hostler.auto.conf"))).contains("55s");
    host.exec("bgw:reload").ok();
    assertThat(value("heartbeat.interval")).isEqualTo("55s");
    host.exec("bgw:reset heartbeat.interval").ok();
    host.exec("bgw:reload").ok();
    assertThat(value("heartbeat.interval")).isEqualTo("20s");
    host.exec("bgw:set max_worker_processes lots").refused(1, "max_worker_processes", "lots");
    host.exec("bgw:set max_worker_proceses 5").refused(1, "max_worker_processes");
  }

  @Test
  public void commandLineWinsAndIsSaidToBeTheSource() {
    host.exec("bgw:set history_size 700").ok();
    host.exec("bgw:reload").ok();
    assertThat(value("history_size")).isEqualTo("500");
  }

  @Test
  public void settingThatNeedsARestartIsShownAsPending() throws IOException {
    host.configure("preload_timeout = 7s");
    host.hostler("reload").ok();
    assertThat(value("preload_timeout")).isEqualTo("19s");
    assertThat(setting("preload_timeout").toString()).contains("7s");
  }

  @Test
  public void tableGrowsByReloadAndDoesNotShrinkBelowItsUse_G1() throws IOException {
    host.crasher("a", "wait");
    host.crasher("b", "wait");
    host.configure("max_worker_processes = 2");
    host.hostler("reload").refused(1, "max_worker_processes", "3");
    assertThat(value("max_worker_processes")).isEqualTo("10");
    host.exec("bgw:terminate --wait a").ok();
    host.exec("bgw:terminate --wait b").ok();
  }

  @Test
  public void includedFilesAreReadAndTheLastLineWins() throws IOException {
    Files.writeString(host.base().resolve("conf/more.conf"), "heartbeat.interval = 66s\n");
    host.configure("heartbeat.interval = 65s", "include 'more.conf'");
    host.hostler("reload").ok();
    assertThat(value("heartbeat.interval")).isEqualTo("66s");
    assertThat(setting("heartbeat.interval").toString()).contains("more.conf");
  }

  @Test
  public void restartAfterCrashIsOnAndReloadable_G12() {
    assertThat(value("restart_after_crash")).isEqualTo("on");
    host.exec("bgw:set restart_after_crash off").ok();
    host.exec("bgw:reload").ok();
    assertThat(value("restart_after_crash")).isEqualTo("off");
  }
}
