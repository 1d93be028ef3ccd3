// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.hostler.supervisor.TestActivators.Journaling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An instance with its {@code deploy/}, watched in a framework of its own. */
class DeployFixture {
  static final Duration TIMEOUT = Duration.ofSeconds(20);

  @TempDir Path directory;
  final CapturedLog log = new CapturedLog();
  final LoaderThread thread = new LoaderThread();
  TestFramework felix;
  Installer installer;
  DeployWatch watch;
  DeployDirectory directoryOfWatch;
  Path deploy;

  @BeforeEach
  void makeInstance() throws Exception {
    deploy = Files.createDirectories(directory.resolve("deploy"));
    felix = new TestFramework(directory).started();
  }

  @AfterEach
  void stop() throws Exception {
    watch.close();
    thread.close();
    felix.close();
    log.close();
  }

  void open() throws Exception {
    open(TIMEOUT);
  }

  void open(Duration timeout) throws Exception {
    BundleStore store = BundleStore.open(directory.resolve("run/store"));
    installer = new Installer(felix.context(), store, thread);
    installer.open();
    ActiveOnce activeOnce = new ActiveOnce();
    activeOnce.open(felix.context());
    BundleChanges changes =
        new BundleChanges(
            felix.context(),
            thread,
            installer,
            activeOnce,
            new Structure(felix.context()),
            timeout);
    DeployedBundles bundles = new DeployedBundles(felix.context(), thread, installer, changes);
    directoryOfWatch = new DeployDirectory(deploy, thread, store, bundles, InstantSource.system());
    watch = new DeployWatch(deploy, thread, directoryOfWatch);
    watch.open();
    assertThat(watch.awaitFirst(TIMEOUT)).isTrue();
  }

  static TestJar jar(String name, String version) {
    return TestJar.bundle(name, version).activator(Journaling.class);
  }

  Path drop(String file, TestJar jar) {
    return jar.writeTo(deploy.resolve(file));
  }

  void saidNext(String... lines) throws InterruptedException {
    for (String line : lines) {
      assertThat(felix.next()).isEqualTo(line);
    }
  }
}
