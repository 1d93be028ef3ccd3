// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.hostler.supervisor.TestActivators.Journaling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

class InstallerTest {
  @TempDir Path directory;
  private final LoaderThread thread = new LoaderThread();
  private TestFramework felix;
  private BundleStore store;
  private Installer installer;

  @BeforeEach
  void open() throws Exception {
    felix = new TestFramework(directory).started();
    store = BundleStore.open(directory.resolve("run/store"));
    installer = new Installer(felix.context(), store, thread);
    installer.open();
  }

  @AfterEach
  void close() throws Exception {
    thread.close();
    felix.close();
  }

  private Path jar(String name, String version) {
    return TestJar.bundle(name, version)
        .activator(Journaling.class)
        .writeTo(directory.resolve(name + version + ".jar"));
  }

  private void keeps(Bundle bundle, Path jar) throws Exception {
    byte[] bytes = Files.readAllBytes(jar);
    TestFramework.await(
        "its bytes are in the store",
        () ->
            installer
                .kept(bundle)
                .filter(
                    kept -> {
                      try {
                        return Arrays.equals(Files.readAllBytes(kept), bytes);
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    })
                .isPresent());
  }

  @Test
  void aBundleIsInstalledByReferenceFromTheStore() throws Exception {
    Path jar = jar("a", "1.0");
    Bundle bundle = installer.install(jar);
    assertThat(store.holds(bundle.getLocation())).isTrue();
    assertThat(installer.origin(bundle)).isEqualTo(jar.toString());
    assertThat(installer.distributed(bundle)).isFalse();
    Files.writeString(jar, "overwritten");
    bundle.start();
    assertThat(felix.next()).isEqualTo("started a 1.0.0");
  }

  @Test
  void theBytesOfWhatTheShellInstallsAreKeptWithoutRestartingIt() throws Exception {
    Path jar = jar("a", "1.0");
    Bundle bundle = felix.context().installBundle(jar.toUri().toString());
    bundle.start();
    assertThat(felix.next()).isEqualTo("started a 1.0.0");
    keeps(bundle, jar);
    assertThat(installer.origin(bundle)).isEqualTo(jar.toUri().toString());
    Path next = jar("a", "1.1");
    Files.copy(next, jar, StandardCopyOption.REPLACE_EXISTING);
    bundle.update();
    keeps(bundle, next);
    assertThat(felix.rest()).containsExactly("stopped a 1.0.0", "started a 1.1.0");
  }

  @Test
  void aBundleThatWasUpdatedStillHasItsFirstLocationWhichIsFreeForOthers() throws Exception {
    Path one = jar("a", "1.0");
    Path two = jar("a", "2.0");
    Bundle bundle = installer.install(one);
    installer.update(bundle, two, store.keep(two));
    assertThat(bundle.getVersion()).hasToString("2.0.0");
    keeps(bundle, two);
    Bundle again = installer.install(one);
    assertThat(again).isNotEqualTo(bundle);
    assertThat(again.getVersion()).hasToString("1.0.0");
    assertThat(installer.installed(LibraryName.parse("a"))).contains(bundle);
    assertThat(installer.installed(LibraryName.parse("a@1..2"))).contains(again);
  }

  @Test
  void anUpdateThatFailsLeavesWhatIsKnown() throws Exception {
    Path one = jar("a", "1.0");
    Bundle bundle = installer.install(one);
    Path bad =
        TestJar.bundle("a", "2.0")
            .header("Import-Package", "p,p")
            .writeTo(directory.resolve("bad.jar"));
    assertThatThrownBy(() -> installer.update(bundle, bad, store.keep(bad)))
        .isInstanceOf(BundleException.class);
    keeps(bundle, one);
    assertThat(installer.origin(bundle)).isEqualTo(one.toString());
  }

  @Test
  void theDistributionsBundlesAreKnownByTheirPlace() throws Exception {
    Bundle own = felix.context().installBundle(BundleStore.location(jar("own", "1.0")));
    assertThat(installer.distributed(own)).isTrue();
    assertThat(installer.distributed(felix.framework())).isTrue();
    assertThat(installer.kept(own)).isEmpty();
  }
}
