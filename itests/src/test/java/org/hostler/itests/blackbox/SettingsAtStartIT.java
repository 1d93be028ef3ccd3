// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hostler.itests.bundles.AnnotatedWorker;
import org.hostler.itests.bundles.PlainFunction;
import org.hostler.itests.bundles.TestBundle;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** The settings that take effect when the host starts, and those of parts that are to come. */
public class SettingsAtStartIT {
  @ClassRule public static final Instances INSTANCES = new Instances();

  private static Instance host;
  private static Foreground run;

  @BeforeClass
  public static void start() throws IOException {
    host = INSTANCES.init("main");
    Path own = Files.createDirectories(host.base().resolve("own"));
    TestBundle.named("org.acme.found").with(AnnotatedWorker.class).buildIn(own);
    TestBundle.named("org.acme.found").version("0.9").with(AnnotatedWorker.class).buildIn(own);
    TestBundle.named("org.acme.found")
        .version("7")
        .with(AnnotatedWorker.class)
        .buildIn(host.extensions());
    TestBundle.named("org.acme.late").with(PlainFunction.class).buildIn(own);
    Path more = Files.createDirectories(host.base().resolve("conf/conf.d"));
    Files.writeString(more.resolve("10.conf"), "history_size = 10\nstart_level_base = 60\n");
    Files.writeString(more.resolve("20.conf"), "history_size = 20\n");
    host.configure(
        "shared_preload_libraries = 'org.acme.found, org.hostler.sample.heartbeat'",
        "dynamic_library_path = 'own,extensions,$libdir'",
        "start_level_base = 70",
        "log_destination = 'stderr'",
        "log_level = warn",
        "log_level.org.hostler = debug",
        "log_rotation_size = 64kB",
        "include_dir = 'conf.d'",
        "default_database = 'main'");
    run = host.run().awaitReady();
  }

  @Test
  public void firstHitOnThePathWinsAndThereTheHighestVersion() {
    assertThat(host.worker("by-annotation").orElseThrow().path("libraryVersion").asText())
        .isEqualTo("1.0.0");
    host.exec("bgw:register --wait started org.acme.late plain").ok();
  }

  @Test
  public void preloadListBeginsAtItsStartLevelAndIncludedFilesAreReadInOrder() {
    assertThat(host.json("bgw:preload --json").get(0).path("startLevel").asInt()).isEqualTo(60);
    assertThat(value("history_size")).isEqualTo("20");
  }

  @Test
  public void historyIsNoLongerThanItsSetting() {
    for (int i = 0; i < 8; i++) {
      host.exec("bgw:register --wait unregistered hostler noop").ok();
    }
    assertThat(host.json("bgw:history --json --limit 1000").size()).isLessThanOrEqualTo(20);
  }

  @Test
  public void logGoesToStandardErrorAtTheLevelOfEachLogger() {
    host.exec("bgw:register --name logged --wait unregistered hostler noop").ok();
    Await.until("debug line of the host", () -> run.err().lines().anyMatch(line -> isDebug(line)));
    assertThat(host.base().resolve("log/hostler.log")).doesNotExist();
    assertThat(run.out().lines().count()).isOne();
  }

  private static boolean isDebug(String line) {
    return line.contains("DEBUG") && line.contains("\"logged\"");
  }

  @Test
  public void processIsolationIsRefusedUntilABundleOffersIt() {
    host.exec("bgw:set default_isolation process").ok();
    host.exec("bgw:reload").ok();
    try {
      host.exec("bgw:register hostler sleep").refused(1, "process");
    } finally {
      host.exec("bgw:reset default_isolation").ok();
      host.exec("bgw:reload").ok();
    }
    host.exec("bgw:set worker_isolation.hostler process").ok();
    host.exec("bgw:reload").ok();
    try {
      host.exec("bgw:register hostler sleep").refused(1, "process");
    } finally {
      host.exec("bgw:reset worker_isolation.hostler").ok();
      host.exec("bgw:reload").ok();
    }
  }

  @Test
  public void settingsOfLaterPartsAreKnownAndChecked() {
    for (String setting :
        new String[] {
          "max_child_processes 4",
          "process_pool_size 2",
          "process_heap 128MB",
          "embedded_server off",
          "crash_scope all",
          "database.main.connect_timeout 3s",
          "role.clerk.login off"
        }) {
      host.exec("bgw:set " + setting).ok();
      host.exec("bgw:reset " + setting.split(" ")[0]).ok();
    }
    host.exec("bgw:set crash_scope some").refused(1, "some");
    host.exec("bgw:set process_heap 5parsecs").refused(1, "parsecs");
    host.exec("bgw:set database.main.colour red").refused(1, "colour");
  }

  private static String value(String name) {
    JsonNode rows = host.json("bgw:settings --json " + name);
    return rows.get(0).path("value").asText();
  }
}
