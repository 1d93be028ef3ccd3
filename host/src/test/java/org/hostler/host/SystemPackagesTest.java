// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

class SystemPackagesTest {

  @TempDir Path storage;

  @Test
  void areWhatTheFrameworkWouldFindOut() throws Exception {
    List<String> usual = exported(Map.of());
    assertThat(usual).hasSizeGreaterThan(100);
    assertThat(exported(Map.of(Constants.FRAMEWORK_SYSTEMPACKAGES, SystemPackages.all())))
        .isEqualTo(usual);
  }

  @Test
  void whoTellsTheFrameworkOtherwiseIsHeard() {
    Properties properties = new Properties();
    properties.setProperty("felix.cache.rootdir", "cache");
    assertThat(SystemPackages.areUsual(properties)).isTrue();
    properties.setProperty("felix.systempackages.calculate.uses", "true");
    assertThat(SystemPackages.areUsual(properties)).isFalse();
    assertThat(SystemPackages.areUsual(new Properties())).isTrue();
  }

  private List<String> exported(Map<String, String> told) throws Exception {
    Map<String, String> properties = new HashMap<>(told);
    properties.put(
        Constants.FRAMEWORK_STORAGE, storage.resolve(Integer.toString(told.size())).toString());
    Framework framework = new FrameworkFactory().newFramework(properties);
    framework.init();
    try {
      List<String> exported = new ArrayList<>();
      BundleRevision revision = framework.adapt(BundleRevision.class);
      for (BundleCapability each :
          revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
        Map<String, Object> attributes = new TreeMap<>(each.getAttributes());
        attributes.replaceAll(
            (name, value) -> value instanceof String[] many ? List.of(many) : value);
        exported.add(attributes + " " + new TreeMap<>(each.getDirectives()));
      }
      exported.sort(null);
      return exported;
    } finally {
      stop(framework);
    }
  }

  private static void stop(Framework framework) throws BundleException, InterruptedException {
    framework.stop();
    assertThat(framework.waitForStop(10_000).getType()).isEqualTo(FrameworkEvent.STOPPED);
  }
}
