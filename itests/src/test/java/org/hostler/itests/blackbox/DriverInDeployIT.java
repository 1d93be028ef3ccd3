// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.hostler.itests.bundles.AcmeDriver;
import org.hostler.itests.bundles.AcmeDriverActivator;
import org.hostler.itests.bundles.TestBundle;
import org.junit.Rule;
import org.junit.Test;

/** A driver that its user drops into {@code deploy/}, found by its URLs or named by its class. */
public class DriverInDeployIT {
  @Rule public final Instances instances = new Instances();

  @Test
  public void droppedDriverServesWorkersUntilItIsTakenAway() throws Exception {
    Instance host = instances.init("main");
    host.configure(
        "database.byurl.url = 'jdbc:acme:one'",
        "database.byname.url = 'jdbc:acme:one'",
        "database.byname.driver = org.acme.Driver");
    SqlWorkers workers = SqlWorkers.on(host);
    host.start();
    workers.sql("byurl", "select 1").refused(1, "jdbc:acme:one", "SQLSTATE 58P01");
    workers.connect("eager", "byurl", "--restart 200ms");
    Path jar =
        TestBundle.named("org.acme.driver")
            .with(AcmeDriver.class)
            .activator(AcmeDriverActivator.class)
            .buildIn(host.deploy());
    host.awaitState("eager", "ready");
    workers.sql("byurl", "create table kept as select 7 as n").ok();
    assertThat(workers.column("byname", "select n from kept")).containsExactly("7");
    assertThat(host.exec("bgw:databases").ok().out()).contains("acme");
    Files.delete(jar);
    Await.until(
        "the driver's going",
        () -> workers.sql("byname", "select 1").err().contains("SQLSTATE 58P01"));
  }
}
