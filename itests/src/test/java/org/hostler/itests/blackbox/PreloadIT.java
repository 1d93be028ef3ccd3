// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hostler.itests.bundles.AnnotatedWorker;
import org.hostler.itests.bundles.LackingComponent;
import org.hostler.itests.bundles.PlainFunction;
import org.hostler.itests.bundles.StaticActivator;
import org.hostler.itests.bundles.SupplyingActivator;
import org.hostler.itests.bundles.TestBundle;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** A stranger's bundles in {@code extensions/}, named in the preload list. */
public class PreloadIT {
  @ClassRule public static final Instances INSTANCES = new Instances();

  private static Instance host;
  private static String ready;

  @BeforeClass
  public static void startWithBundlesOfAllStyles() throws IOException {
    host = INSTANCES.init("main");
    TestBundle.named("org.acme.activator")
        .activator(StaticActivator.class)
        .buildIn(host.extensions());
    TestBundle.named("org.acme.annotated").with(AnnotatedWorker.class).buildIn(host.extensions());
    TestBundle.named("org.acme.annotated")
        .version("2.0.0")
        .with(AnnotatedWorker.class)
        .buildIn(host.extensions());
    TestBundle.named("org.acme.plain").with(PlainFunction.class).buildIn(host.extensions());
    TestBundle.named("org.acme.lacking").with(LackingComponent.class).buildIn(host.extensions());
    host.configure(
        "shared_preload_libraries = 'org.acme.activator, \"org.acme.annotated;[1,2)\", "
            + "org.acme.plain, org.acme.lacking, org.hostler.sample.heartbeat'");
    ready = host.start().out();
  }

  @Test
  public void staticWorkersRunInListOrder_R1_R17_G4() {
    List<String> starts = new ArrayList<>();
    host.json("bgw:history --json --limit 1000")
        .forEach(
            event -> {
              if (event.path("event").asText().equals("registered")) {
                starts.add(event.path("name").asText());
              }
            });
    assertThat(starts.subList(0, 2)).containsExactly("by-activator", "by-annotation");
    assertThat(starts).contains("heartbeat");
    JsonNode first = host.awaitState("by-activator", "running");
    assertThat(first.path("static").asBoolean()).isTrue();
    assertThat(first.path("slot").asInt()).isZero();
    assertThat(host.worker("by-annotation").orElseThrow().path("static").asBoolean()).isTrue();
  }

  @Test
  public void rangeInTheListChoosesTheVersion_G4() {
    assertThat(host.worker("by-annotation").orElseThrow().path("libraryVersion").asText())
        .isEqualTo("1.0.0");
  }

  @Test
  public void preloadShowsEntryBundleVersionLevelAndResult() {
    JsonNode rows = host.json("bgw:preload --json");
    assertThat(rows.size()).isEqualTo(5);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).path("startLevel").asInt()).isEqualTo(50 + i);
    }
    String table = host.exec("bgw:preload").ok().out();
    assertThat(table).contains("org.acme.activator").contains("50").contains("54");
  }

  @Test
  public void componentThatIsNotSatisfiedIsNamedAndItsWorkerStartsWhenItIs_G5() throws IOException {
    assertThat(ready).contains("running");
    assertThat(host.exec("bgw:preload").ok().out()).contains("IntSupplier");
    assertThat(host.worker("by-lacking").filter(row -> row.path("pid").isNumber())).isEmpty();
    TestBundle.named("org.acme.supplier")
        .activator(SupplyingActivator.class)
        .buildIn(host.deploy());
    host.awaitStatusText("by-lacking", "version 1.0.0"::equals);
  }

  @Test
  public void plainServiceOfAPreloadedBundleIsReadyForRegistration_S7() {
    host.exec("bgw:register --name plain --wait started org.acme.plain plain").ok();
    JsonNode row = host.awaitState("plain", "running");
    assertThat(row.path("static").asBoolean()).isFalse();
    host.awaitStatusText("plain", "version 1.0.0"::equals);
  }

  @Test
  public void staticWorkerHasAHandleLikeAnyOther_R25() {
    JsonNode row = host.worker("by-activator").orElseThrow();
    host.exec("bgw:signal by-activator term").ok();
    Await.until(
        "next life",
        () -> host.worker("by-activator").orElseThrow().path("incarnation").asInt() == 2);
    JsonNode next = host.awaitState("by-activator", "running");
    assertThat(next.path("id").asText()).isEqualTo(row.path("id").asText());
    assertThat(next.path("restarts").asInt()).isEqualTo(1);
    assertThat(next.path("lastExit").path("status").asInt()).isEqualTo(1);
  }
}
