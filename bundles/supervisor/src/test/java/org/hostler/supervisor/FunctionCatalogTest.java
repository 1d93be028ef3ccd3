// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.hostler.worker.stat.LibraryStat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionCatalogTest {
  private static final String CAPABILITY = "org.hostler.function;name=%s";

  @TempDir Path directory;

  @Test
  void everyLibraryThatCouldBeNamedIsListedLoadedOrNot() throws Exception {
    Path extensions = Files.createDirectories(directory.resolve("extensions"));
    LoaderThread thread = new LoaderThread();
    try (TestFramework felix = new TestFramework(directory).started()) {
      Installer installer =
          new Installer(felix.context(), BundleStore.open(directory.resolve("store")), thread);
      Path active = declaring("active", "f").writeTo(directory.resolve("active.jar"));
      installer.install(active).start();
      Path stopped = declaring("stopped", "h").writeTo(directory.resolve("stopped.jar"));
      installer.install(stopped);
      declaring("active", "f").writeTo(extensions.resolve("active.jar"));
      Path lying = declaring("lying", "g").writeTo(extensions.resolve("lying.jar"));
      Path silent = TestJar.bundle("silent", "1.0").writeTo(extensions.resolve("silent.jar"));
      Path own = TestJar.bundle("own", "1.0").writeTo(directory.resolve("own.jar"));
      felix.context().installBundle(BundleStore.location(own)).start();
      LoadedFunctions loaded =
          () ->
              Map.of(
                  "active", new TreeSet<>(List.of("f", "extra")),
                  "hostler", new TreeSet<>(List.of("noop", "sleep")));
      FunctionCatalog catalog =
          new FunctionCatalog(
              felix.context(),
              new LibraryPath(List.of("extensions"), directory, directory),
              installer,
              loaded);
      assertThat(catalog.libraries())
          .containsExactly(
              library("active", "1.0.0", true, active.toString(), "extra", "f"),
              library("hostler", "", true, "host", "noop", "sleep"),
              library("lying", "1.0.0", false, lying.toString(), "g"),
              new LibraryStat("silent", "1.0.0", false, silent.toString(), Optional.empty()),
              library("stopped", "1.0.0", false, stopped.toString(), "h"));
    } finally {
      thread.close();
    }
  }

  private static TestJar declaring(String name, String function) {
    return TestJar.bundle(name, "1.0").header("Provide-Capability", CAPABILITY.formatted(function));
  }

  private static LibraryStat library(
      String name, String version, boolean loaded, String source, String... functions) {
    return new LibraryStat(name, version, loaded, source, Optional.of(List.of(functions)));
  }
}
