// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The jars the other tests use are what a stranger's build would make. */
public class TestBundleTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void annotatedComponentGetsItsDescriptionAndItsCapability() throws IOException {
    Path jar = TestBundle.named("a.b").version("1.2.3").with(AnnotatedWorker.class).buildIn(root());
    assertThat(jar.getFileName()).hasToString("a.b-1.2.3.jar");
    try (JarFile file = new JarFile(jar.toFile())) {
      Attributes manifest = file.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo("a.b");
      assertThat(manifest.getValue("Bundle-Version")).isEqualTo("1.2.3");
      assertThat(manifest.getValue("Provide-Capability"))
          .contains("org.hostler.function;name=tick");
      assertThat(manifest.getValue("Import-Package")).contains("org.hostler.worker;version");
      assertThat(file.getEntry(manifest.getValue("Service-Component"))).isNotNull();
    }
  }

  @Test
  public void activatorIsNamedInTheManifest() throws IOException {
    Path jar = TestBundle.named("a.b").activator(StaticActivator.class).buildIn(root());
    try (JarFile file = new JarFile(jar.toFile())) {
      Attributes manifest = file.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Bundle-Activator")).isEqualTo(StaticActivator.class.getName());
      assertThat(manifest.getValue("Import-Package")).contains("org.osgi.framework;version");
    }
  }

  private Path root() {
    return folder.getRoot().toPath();
  }
}
