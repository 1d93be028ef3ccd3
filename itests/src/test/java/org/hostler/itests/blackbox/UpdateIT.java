// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hostler.itests.bundles.AnnotatedWorker;
import org.hostler.itests.bundles.PlainFunction;
import org.hostler.itests.bundles.StaticActivator;
import org.hostler.itests.bundles.TestBundle;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** A library is stopped, started, and replaced by a newer one while its workers run. */
public class UpdateIT {
  private static final List<String> WORKERS = List.of("by-activator", "by-annotation", "by-shell");

  @Rule public final Instances instances = new Instances();

  private Instance host;

  @Before
  public void startWithAPreloadedLibrary() throws IOException {
    host = instances.init("main");
    library("1.0.0").buildIn(host.extensions());
    host.configure("shared_preload_libraries = 'org.acme.lib, org.hostler.sample.heartbeat'");
    host.start();
    host.exec("bgw:register --name by-shell --wait started org.acme.lib plain").ok();
    WORKERS.forEach(worker -> awaitVersion(worker, "1.0.0", 1));
  }

  private static TestBundle library(String version) {
    return TestBundle.named("org.acme.lib")
        .version(version)
        .activator(StaticActivator.class)
        .with(AnnotatedWorker.class)
        .with(PlainFunction.class);
  }

  private void awaitVersion(String worker, String version, int incarnation) {
    Await.until(
        worker + " of " + version,
        () -> {
          JsonNode row = host.worker(worker).orElse(null);
          return row != null
              && row.path("state").asText().equals("running")
              && row.path("statusText").asText().equals("version " + version)
              && row.path("incarnation").asInt() == incarnation;
        });
  }

  private String bundle() {
    return host.exec("lb -s")
        .ok()
        .out()
        .lines()
        .filter(line -> line.contains("org.acme.lib"))
        .map(line -> line.strip().split("\\D+")[0])
        .findFirst()
        .orElseThrow();
  }

  @Test
  public void newerJarInDeployUpdatesThePreloadedBundleAndBringsAllWorkersBack_G6_X17_R13()
      throws IOException {
    var ids = host.workers();
    library("2.0.0").buildIn(host.deploy());
    WORKERS.forEach(worker -> awaitVersion(worker, "2.0.0", 2));
    for (String worker : WORKERS) {
      assertThat(host.worker(worker).orElseThrow().path("id"))
          .isEqualTo(ids.get(worker).path("id"));
      assertThat(host.worker(worker).orElseThrow().path("libraryVersion").asText())
          .isEqualTo("2.0.0");
    }
    assertThat(host.lives().get("heartbeat")).endsWith(":1");
  }

  @Test
  public void stoppedBundleStaysStoppedWithItsWorkersParkedAndStartBringsThemBack_G6() {
    String number = bundle();
    host.exec("stop " + number).ok();
    for (String worker : WORKERS) {
      assertThat(host.awaitState(worker, "parked").path("reason").asText())
          .startsWith("BUNDLE_STOPPED");
    }
    host.exec("bgw:restart by-shell").exits(0);
    assertThat(host.awaitState("by-shell", "parked").path("reason").asText())
        .startsWith("BUNDLE_STOPPED");
    assertThat(host.exec("lb -s").ok().out().lines().filter(line -> line.contains("org.acme.lib")))
        .noneMatch(line -> line.contains("Active"));
    host.exec("start " + number).ok();
    WORKERS.forEach(worker -> host.awaitState(worker, "running"));
    assertThat(host.lives().get("heartbeat")).endsWith(":1");
  }

  @Test
  public void shellsUpdateBringsTheNewCode() throws IOException {
    Path jar = library("3.0.0").buildIn(instances.directory());
    host.exec("update %s %s".formatted(bundle(), jar.toUri())).ok();
    WORKERS.forEach(worker -> awaitVersion(worker, "3.0.0", 2));
  }

  @Test
  public void jarOverwrittenInPlaceUpdatesItsBundleWhateverItsVersion() throws IOException {
    Path deployed = library("2.0.0").buildAs(host.deploy().resolve("lib.jar"));
    WORKERS.forEach(worker -> awaitVersion(worker, "2.0.0", 2));
    Path older = library("1.5.0").buildIn(instances.directory());
    Files.write(deployed, Files.readAllBytes(older)); // a copy would remove it first
    WORKERS.forEach(worker -> awaitVersion(worker, "1.5.0", 3));
  }

  @Test
  public void afterARestartWhatLiesInDeployIsBackAndTheShellsUpdateIsNot() throws IOException {
    library("2.0.0").buildIn(host.deploy());
    WORKERS.forEach(worker -> awaitVersion(worker, "2.0.0", 2));
    host.hostler("restart").ok();
    assertThat(host.worker("by-shell")).isEmpty();
    Await.until(
        "2.0.0",
        () ->
            host.worker("by-annotation")
                .filter(row -> row.path("libraryVersion").asText().equals("2.0.0"))
                .isPresent());
  }
}
