// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hostler.supervisor.TestActivators.Failing;
import org.hostler.supervisor.TestActivators.Hanging;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

class DeployTest extends DeployFixture {

  @Test
  void aJarDroppedIsStartedAndOneRemovedIsUninstalled_G6() throws Exception {
    open();
    drop("a.jar", jar("a", "1.0"));
    saidNext("started a 1.0.0");
    assertThat(felix.bundle("a").getLocation()).startsWith("reference:file:").contains("run/store");
    Files.delete(deploy.resolve("a.jar"));
    saidNext("stopped a 1.0.0");
    TestFramework.await("a is uninstalled", () -> !felix.has("a"));
  }

  @Test
  void whatLiesThereAtTheStartIsStartedTheHighestVersionOnly() throws Exception {
    drop("a1.jar", jar("a", "1.0"));
    drop("a2.jar", jar("a", "2.0"));
    drop("b.jar", jar("b", "1.0"));
    open();
    TestFramework.await(
        "version 2", () -> felix.bundle("a").getVersion().toString().equals("2.0.0"));
    assertThat(felix.has("b")).isTrue();
    log.await("superseded by \"a2.jar\"");
  }

  @Test
  void anotherVersionUpdatesAndTheSupersededFileIsOfNoAccount_F21() throws Exception {
    open();
    drop("a1.jar", jar("a", "1.0"));
    saidNext("started a 1.0.0");
    long id = felix.bundle("a").getBundleId();
    drop("a2.jar", jar("a", "2.0"));
    saidNext("stopped a 1.0.0", "started a 2.0.0");
    log.await("a1.jar\": superseded by \"a2.jar\", which has version 2.0.0");
    assertThat(felix.bundle("a").getBundleId()).isEqualTo(id);
    Files.delete(deploy.resolve("a1.jar"));
    drop("b.jar", jar("b", "1.0"));
    saidNext("started b 1.0.0");
    Files.delete(deploy.resolve("a2.jar"));
    saidNext("stopped a 2.0.0");
  }

  @Test
  void theSameVersionAgainIsRefusedUntilTheOtherGoes_F21() throws Exception {
    open();
    drop("a.jar", jar("a", "1.0"));
    saidNext("started a 1.0.0");
    drop("copy.jar", jar("a", "1.0"));
    log.await("\"copy.jar\": refused: bundle \"a\" 1.0.0 is already here from \"a.jar\"");
    Files.delete(deploy.resolve("a.jar"));
    saidNext("stopped a 1.0.0", "started a 1.0.0");
  }

  @Test
  void jarsThatNeedEachOtherArriveInAnyOrder() throws Exception {
    open();
    drop("user.jar", jar("user", "1.0").imports("org.osgi.framework,p;version=\"[1,2)\""));
    log.await("\"user.jar\": waits: bundle \"user\": needs package p [1,2); nobody offers it");
    drop("old.jar", jar("old", "1.0").exports("p", "0.9"));
    saidNext("started old 1.0.0");
    log.await("needs package p [1,2); nobody offers it; nearest: p 0.9");
    drop("provider.jar", jar("provider", "1.0").exports("p", "1.1"));
    assertThat(new String[] {felix.next(), felix.next()})
        .containsExactlyInAnyOrder("started provider 1.0.0", "started user 1.0.0");
  }

  @Test
  void removalRefreshesItsUsersAndNobodyElse_F23_F25() throws Exception {
    open();
    drop("provider.jar", jar("provider", "1.0").exports("p", "1.0"));
    saidNext("started provider 1.0.0");
    drop("user.jar", jar("user", "1.0").imports("org.osgi.framework,p"));
    drop(
        "optional.jar",
        jar("optional", "1.0").imports("org.osgi.framework,q;resolution:=optional"));
    felix.next();
    felix.next();
    drop("late.jar", jar("late", "1.0").exports("q", "1.0"));
    saidNext("started late 1.0.0");
    Files.delete(deploy.resolve("provider.jar"));
    saidNext("stopped provider 1.0.0", "stopped user 1.0.0");
    log.await("\"user.jar\": waits: bundle \"user\": needs package p; nobody offers it");
    drop("provider.jar", jar("provider", "1.1").exports("p", "1.0"));
    assertThat(new String[] {felix.next(), felix.next()})
        .containsExactlyInAnyOrder("started provider 1.1.0", "started user 1.0.0");
    assertThat(felix.rest()).isEmpty();
  }

  @Test
  void jarsThatNeedEachOtherCanBeRemovedTogether_F23() throws Exception {
    open();
    for (int round = 0; round < 20; round++) {
      drop("provider.jar", jar("provider", "1." + round).exports("p", "1.0"));
      drop("user.jar", jar("user", "1." + round).imports("org.osgi.framework,p"));
      felix.next();
      felix.next();
      Files.delete(deploy.resolve("provider.jar"));
      Files.delete(deploy.resolve("user.jar"));
      TestFramework.await(
          "both are uninstalled", () -> !felix.has("provider") && !felix.has("user"));
      felix.rest();
    }
    assertThat(log.lines("cannot be uninstalled")).isEmpty();
  }

  @Test
  void aBundleThatSomebodyStoppedIsUpdatedAndStaysStopped() throws Exception {
    open();
    drop("a.jar", jar("a", "1.0"));
    saidNext("started a 1.0.0");
    felix.bundle("a").stop();
    saidNext("stopped a 1.0.0");
    drop("a2.jar", jar("a", "2.0"));
    log.await("updated from 1.0.0 to 2.0.0; it stays stopped");
    assertThat(felix.bundle("a").getState()).isNotEqualTo(Bundle.ACTIVE);
    assertThat(felix.rest()).isEmpty();
  }

  @Test
  void aFailingActivatorIsNamedAndItsNextVersionIsStarted() throws Exception {
    open();
    drop("a.jar", TestJar.bundle("a", "1.0").activator(Failing.class));
    log.await("its activator failed: java.lang.IllegalStateException: boom; caused by java.lang");
    drop("a.jar", jar("a", "1.1"));
    saidNext("started a 1.1.0");
  }

  @Test
  void aHangingActivatorHoldsNobodyUp_F22() throws Exception {
    open(Duration.ofMillis(300));
    drop("hanging.jar", TestJar.bundle("hanging", "1.0").activator(Hanging.class));
    TestFramework.await(
        "it hangs", () -> felix.has("hanging") && state("hanging") == Bundle.STARTING);
    drop("hanging2.jar", jar("hanging", "2.0"));
    drop("b.jar", jar("b", "1.0"));
    saidNext("started b 1.0.0");
    log.await("start of bundle hanging");
    assertThat(log.lines("start of bundle hanging"))
        .singleElement()
        .asString()
        .contains("has not ended within 300ms: it is at ");
    felix.release();
    saidNext("started hanging 2.0.0");
  }

  private int state(String name) {
    return felix.bundle(name).getState();
  }

  @Test
  void aFragmentIsAttachedToItsHost() throws Exception {
    open();
    drop("a.jar", jar("a", "1.0"));
    saidNext("started a 1.0.0");
    drop("f.jar", TestJar.bundle("f", "1.0").header("Fragment-Host", "a").entry("f.txt", "f"));
    saidNext("stopped a 1.0.0", "started a 1.0.0");
    assertThat(felix.bundle("a").getEntry("f.txt")).isNull();
    assertThat(felix.bundle("a").getResource("f.txt")).isNotNull();
  }

  @Test
  void aJarNamedLikeABundleOfTheDistributionIsRefused() throws Exception {
    Path own = jar("own", "1.0").writeTo(directory.resolve("own.jar"));
    felix.context().installBundle(BundleStore.location(own)).start();
    saidNext("started own 1.0.0");
    open();
    drop("own2.jar", jar("own", "2.0"));
    log.await("\"own2.jar\": refused: bundle \"own\" 2.0.0 comes with the distribution");
    assertThat(felix.rest()).isEmpty();
  }
}
