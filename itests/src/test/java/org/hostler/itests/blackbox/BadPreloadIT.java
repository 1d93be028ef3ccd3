// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.hostler.itests.bundles.DynamicActivator;
import org.hostler.itests.bundles.HangingActivator;
import org.hostler.itests.bundles.PlainFunction;
import org.hostler.itests.bundles.TestBundle;
import org.hostler.itests.bundles.ThrowingActivator;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** A start that cannot be what was asked for ends with 1 and says why (G5). */
public class BadPreloadIT {
  @Rule public final Instances instances = new Instances();

  private Instance host;

  @Before
  public void makeAnInstance() throws IOException {
    host = instances.init("main");
  }

  private void assertNotStarted(String... words) {
    Outcome refused = host.hostler("start").refused(1, words);
    assertThat(refused.err().lines().count()).as(refused.err()).isLessThanOrEqualTo(6);
    host.hostler("status").exits(3);
  }

  private void preload(TestBundle bundle, String symbolicName) throws IOException {
    bundle.buildIn(host.extensions());
    host.configure("shared_preload_libraries = '" + symbolicName + "'");
  }

  @Test
  public void missingEntry_G5() throws IOException {
    host.configure("shared_preload_libraries = 'org.hostler.sample.heartbeet'");
    assertNotStarted("org.hostler.sample.heartbeet", "org.hostler.sample.heartbeat");
  }

  @Test
  public void corruptEntry_G5() throws IOException {
    var jar =
        TestBundle.named("org.acme.corrupt").with(PlainFunction.class).buildIn(host.extensions());
    byte[] bytes = Files.readAllBytes(jar);
    Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));
    host.configure("shared_preload_libraries = 'org.acme.corrupt'");
    assertNotStarted("org.acme.corrupt");
  }

  @Test
  public void unresolvableEntry_G5() throws IOException {
    preload(
        TestBundle.named("org.acme.unresolvable").header("Import-Package", "com.example.absent"),
        "org.acme.unresolvable");
    assertNotStarted("org.acme.unresolvable", "com.example.absent");
  }

  @Test
  public void throwingEntry_G5() throws IOException {
    preload(
        TestBundle.named("org.acme.throwing").activator(ThrowingActivator.class),
        "org.acme.throwing");
    assertNotStarted("org.acme.throwing", "this activator throws", "because it was built to");
    assertThat(host.log()).contains("ThrowingActivator.start");
  }

  @Test
  public void hangingEntry_G5() throws IOException {
    host.configure("preload_timeout = 10s"); // in which it must have begun to hang
    preload(
        TestBundle.named("org.acme.hanging").activator(HangingActivator.class), "org.acme.hanging");
    assertNotStarted("org.acme.hanging", "HangingActivator");
  }

  @Test
  public void dynamicRegistrationWhilePreloading_R18() throws IOException {
    preload(TestBundle.named("org.acme.hasty").activator(DynamicActivator.class), "org.acme.hasty");
    assertNotStarted("org.acme.hasty", "by-bundle");
  }

  @Test
  public void badList_G5() throws IOException {
    host.configure("shared_preload_libraries = 'a,,b'");
    assertNotStarted("hostler.conf:", "shared_preload_libraries");
  }

  @Test
  public void unbalancedQuote() throws IOException {
    host.configure("shared_preload_libraries = 'a");
    assertNotStarted("hostler.conf:", "quote");
  }

  @Test
  public void unknownSetting() throws IOException {
    host.configure("max_worker_proceses = 5");
    assertNotStarted("hostler.conf:", "max_worker_proceses", "max_worker_processes");
  }

  @Test
  public void badUnit() throws IOException {
    host.configure("worker_stop_timeout = 5 parsecs");
    assertNotStarted("hostler.conf:", "worker_stop_timeout", "parsecs");
  }

  @Test
  public void missingInclude() throws IOException {
    host.configure("include 'nowhere.conf'");
    assertNotStarted("hostler.conf:", "nowhere.conf");
  }

  @Test
  public void badSettingOnTheCommandLine() {
    Outcome refused = host.hostler("-c", "max_worker_processes=lots", "start");
    refused.refused(1, "max_worker_processes", "lots");
    Outcome run = host.hostler("-c", "no_such_thing=1", "run");
    run.refused(1, "no_such_thing");
  }

  @Test
  public void newerData() throws IOException {
    Files.writeString(host.base().resolve("data/HOSTLER_VERSION"), "99\n");
    assertNotStarted("99");
  }

  @Test
  public void directoryOpenToOthers() throws IOException {
    Files.setPosixFilePermissions(
        host.base().resolve("data"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertNotStarted("data");
  }

  @Test
  public void configurationThatOthersCanWriteIsWarnedOf() throws IOException {
    Files.setPosixFilePermissions(host.extensions(), PosixFilePermissions.fromString("rwxrwxrwx"));
    host.start();
    assertThat(host.log().lines().filter(line -> line.contains("WARN")))
        .anyMatch(line -> line.contains("extensions"));
  }

  @Test
  public void socketPathThatIsTaken() throws IOException {
    Files.createDirectories(host.base().resolve("run/control.sock"));
    Files.writeString(host.base().resolve("run/control.sock/file"), "");
    assertNotStarted("control.sock");
  }
}
