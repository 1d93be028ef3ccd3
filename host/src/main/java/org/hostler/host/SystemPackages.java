// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.lang.module.ModuleDescriptor;
import java.util.Properties;
import org.osgi.framework.Constants;

/**
 * What the system bundle exports: the framework's own packages and those of the JDK's modules.
 *
 * <p>Unless Felix is told, it finds out the same by putting properties into properties, which takes
 * a start 10 to 15 ms.
 */
final class SystemPackages {

  private SystemPackages() {}

  /** Tells whether Felix is not told otherwise by the JVM's system properties, where it looks. */
  static boolean areUsual(Properties properties) {
    for (String name : properties.stringPropertyNames()) {
      if (name.equals(Constants.FRAMEWORK_SYSTEMPACKAGES)
          || name.startsWith("felix.systempackages.")
          || name.startsWith("felix.jpms.")) {
        return false;
      }
    }
    return true;
  }

  /** The value of {@code org.osgi.framework.system.packages}. */
  static String all() {
    StringBuilder all = new StringBuilder(32_768);
    all.append(Distribution.joined("framework-packages.txt"));
    String version = version(Runtime.version().feature());
    for (Module module : ModuleLayer.boot().modules()) {
      ModuleDescriptor descriptor = module.getDescriptor();
      if (descriptor.isAutomatic()) {
        descriptor.packages().forEach(name -> all.append(',').append(name).append(version));
      }
      for (ModuleDescriptor.Exports exports : descriptor.exports()) {
        if (!exports.isQualified()) {
          all.append(',').append(exports.source()).append(version);
        }
      }
    }
    return all.toString();
  }

  /** As Felix writes it: three digits, so that versions of a JDK's packages can be compared. */
  private static String version(int feature) {
    return ";version=\"0.0.0.JavaSE_" + Integer.toString(1_000 + feature).substring(1) + '"';
  }
}
