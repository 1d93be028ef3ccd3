// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.hostler.itests.bundles.AnnotatedWorker;
import org.hostler.itests.bundles.LackingComponent;
import org.hostler.itests.bundles.PlainFunction;
import org.hostler.itests.bundles.StaticActivator;
import org.hostler.itests.bundles.SupplyingActivator;
import org.hostler.itests.bundles.TestBundle;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Jars dropped into {@code deploy/} of a running host, replaced there, and removed. */
public class DeployIT {
  @ClassRule public static final Instances INSTANCES = new Instances();

  private static Instance host;

  @BeforeClass
  public static void start() throws IOException {
    host = INSTANCES.init("main");
    host.start();
  }

  @After
  public void empty() throws IOException {
    try (var files = Files.newDirectoryStream(host.deploy())) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Await.until("no bundle of org.acme", () -> !host.exec("lb").ok().out().contains("org.acme"));
    host.terminateAll();
  }

  @Test
  public void annotatedWorkerIsThereAndGoesWithItsJar_R1() throws IOException {
    Path jar = TestBundle.named("org.acme.hot").with(AnnotatedWorker.class).buildIn(host.deploy());
    JsonNode row = host.awaitState("by-annotation", "running");
    assertThat(row.path("static").asBoolean()).isFalse();
    Files.delete(jar);
    Await.until("unregistered", () -> host.worker("by-annotation").isEmpty());
  }

  @Test
  public void activatorsBundleStartsWithItsStaticRegistrationRefused_R11_R12_R13_T21()
      throws IOException {
    TestBundle.named("org.acme.static").activator(StaticActivator.class).buildIn(host.deploy());
    Await.until("bundle is active", () -> active("org.acme.static"));
    assertThat(host.worker("by-activator")).isEmpty();
    Await.until("log line", () -> host.log().contains("NOT_PRELOADING"));
    assertThat(host.exec("bgw:history").ok().out()).contains("refused").contains("by-activator");
    host.exec("bgw:register --wait started org.acme.static tick").ok();
  }

  @Test
  public void plainServiceIsReadyForRegistration() throws IOException {
    TestBundle.named("org.acme.plain").with(PlainFunction.class).buildIn(host.deploy());
    Await.until("bundle is active", () -> active("org.acme.plain"));
    host.exec("bgw:register --wait started org.acme.plain plain").ok();
    assertThat(host.exec("bgw:functions org.acme.plain").ok().out()).contains("plain");
  }

  @Test
  public void jarThatNeedsAnotherWaitsAndSaysWhatItLacks() throws IOException {
    TestBundle.named("org.acme.needy")
        .with(PlainFunction.class)
        .header("Require-Capability", "org.acme.thing;filter:=\"(name=needed)\"")
        .buildIn(host.deploy());
    Await.until("log line", () -> host.log().contains("org.acme.thing"));
    assertThat(active("org.acme.needy")).isFalse();
    TestBundle.named("org.acme.giver")
        .header("Provide-Capability", "org.acme.thing;name=needed")
        .buildIn(host.deploy());
    Await.until("bundle is active", () -> active("org.acme.needy"));
  }

  @Test
  public void workerOfAComponentFollowsItsReference() throws IOException {
    TestBundle.named("org.acme.lacking").with(LackingComponent.class).buildIn(host.deploy());
    Await.until("bundle is active", () -> active("org.acme.lacking"));
    Path supplier =
        TestBundle.named("org.acme.supplier")
            .activator(SupplyingActivator.class)
            .buildIn(host.deploy());
    JsonNode first = host.awaitState("by-lacking", "running");
    Files.delete(supplier);
    JsonNode parked = host.awaitState("by-lacking", "parked");
    assertThat(parked.path("reason").asText()).startsWith("COMPONENT_GONE");
    TestBundle.named("org.acme.supplier")
        .activator(SupplyingActivator.class)
        .buildIn(host.deploy());
    JsonNode again = host.awaitState("by-lacking", "running");
    assertThat(again.path("id").asText()).isEqualTo(first.path("id").asText());
    assertThat(again.path("incarnation").asInt()).isEqualTo(2);
  }

  @Test
  public void sameVersionAgainIsRefusedWithBothFilesNamed() throws IOException {
    TestBundle.named("org.acme.hot")
        .with(AnnotatedWorker.class)
        .buildAs(host.deploy().resolve("first.jar"));
    host.awaitState("by-annotation", "running");
    TestBundle.named("org.acme.hot")
        .with(AnnotatedWorker.class)
        .buildAs(host.deploy().resolve("second.jar"));
    Await.until(
        "log line",
        () ->
            host.log()
                .lines()
                .anyMatch(line -> line.contains("first.jar") && line.contains("second.jar")));
    assertThat(host.worker("by-annotation").orElseThrow().path("incarnation").asInt()).isOne();
  }

  @Test
  public void jarThatIsCopiedSlowlyIsInstalledWhenItIsWhole() throws IOException {
    Path whole =
        TestBundle.named("org.acme.slow")
            .with(AnnotatedWorker.class)
            .buildIn(INSTANCES.directory());
    byte[] bytes = Files.readAllBytes(whole);
    Path target = host.deploy().resolve("slow.jar");
    Files.write(target, Arrays.copyOf(bytes, bytes.length / 2));
    // Another jar, seen after the half one, shows that the directory was looked at meanwhile.
    TestBundle.named("org.acme.plain").with(PlainFunction.class).buildIn(host.deploy());
    Await.until("bundle is active", () -> active("org.acme.plain"));
    assertThat(host.exec("lb").ok().out()).doesNotContain("org.acme.slow");
    Files.write(target, bytes);
    host.awaitState("by-annotation", "running");
  }

  @Test
  public void partFilesAreIgnored() throws IOException {
    Path whole =
        TestBundle.named("org.acme.part")
            .with(AnnotatedWorker.class)
            .buildIn(INSTANCES.directory());
    Path part = Files.copy(whole, host.deploy().resolve("part.jar.part"));
    TestBundle.named("org.acme.plain").with(PlainFunction.class).buildIn(host.deploy());
    Await.until("bundle is active", () -> active("org.acme.plain"));
    assertThat(host.exec("lb").ok().out()).doesNotContain("org.acme.part");
    Files.move(part, host.deploy().resolve("part.jar"), StandardCopyOption.ATOMIC_MOVE);
    host.awaitState("by-annotation", "running");
  }

  @Test
  public void bundleInstalledInTheShellWorksWithAndWithoutStart() throws IOException {
    Path jar =
        TestBundle.named("org.acme.shell")
            .with(AnnotatedWorker.class)
            .with(PlainFunction.class)
            .buildIn(INSTANCES.directory());
    String installed = host.exec("install " + jar.toUri()).ok().out();
    String number = installed.replaceAll("\\D+", " ").strip().split(" ")[0];
    host.exec("bgw:register --wait started org.acme.shell plain").ok();
    host.awaitState("by-annotation", "running");
    host.exec("stop " + number).ok();
    assertThat(host.awaitState("plain", "parked").path("reason").asText())
        .startsWith("BUNDLE_STOPPED");
    host.exec("start " + number).ok();
    host.awaitState("plain", "running");
    host.exec("uninstall " + number).ok();
    assertThat(host.awaitState("plain", "parked").path("reason").asText())
        .startsWith("BUNDLE_MISSING");
    assertThat(host.worker("by-annotation")).isEmpty();
  }

  @Test
  public void configurationOfAComponentChangesItsRegistration() throws IOException {
    Path configuration = host.base().resolve("conf/" + AnnotatedWorker.class.getName() + ".cfg");
    Files.writeString(configuration, "worker.register.name = by-configuration\n");
    TestBundle.named("org.acme.configured").with(AnnotatedWorker.class).buildIn(host.deploy());
    host.awaitState("by-configuration", "running");
    Files.delete(configuration);
    host.awaitState("by-annotation", "running");
    Await.until("the other is gone", () -> host.worker("by-configuration").isEmpty());
  }

  private static boolean active(String symbolicName) {
    return host.exec("lb -s")
        .ok()
        .out()
        .lines()
        .anyMatch(line -> line.contains(symbolicName) && line.contains("Active"));
  }
}
