// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

class SystemPackagesTest {

  @TempDir Path storage;

  @Test
  void areWhatTheFrameworkWouldFindOut() throws Exception {
    Set<String> usual = exported(Map.of());
    assertThat(usual).hasSizeGreaterThan(100);
    assertThat(exported(Map.of(Constants.FRAMEWORK_SYSTEMPACKAGES, SystemPackages.all())))
        .isEqualTo(usual);
  }

  private Set<String> exported(Map<String, String> told) throws Exception {
    Map<String, String> properties = new HashMap<>(told);
    properties.put(
        Constants.FRAMEWORK_STORAGE, storage.resolve(Integer.toString(told.size())).toString());
    Framework framework = new FrameworkFactory().newFramework(properties);
    framework.init();
    try {
      Set<String> exported = new TreeSet<>();
      BundleRevision revision = framework.adapt(BundleRevision.class);
      for (BundleCapability each :
          revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
        Map<String, Object> attributes = new TreeMap<>(each.getAttributes());
        attributes.replaceAll(
            (name, value) -> value instanceof String[] many ? List.of(many) : value);
        exported.add(attributes + " " + new TreeMap<>(each.getDirectives()));
      }
      return exported;
    } finally {
      stop(framework);
    }
  }

  private static void stop(Framework framework) throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(10_000);
  }
}
