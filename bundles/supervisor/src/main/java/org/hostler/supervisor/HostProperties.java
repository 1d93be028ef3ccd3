// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * What the host tells its bundles by framework properties.
 *
 * @param base the instance, absolute
 * @param home the distribution
 * @param version Hostler's version
 * @param startMillis when the JVM was started, wall clock
 * @param lastLevel the start level of the shell
 * @param arguments name and value of each {@code -c}
 * @param framework the framework's name and version
 */
record HostProperties(
    Path base,
    Path home,
    String version,
    long startMillis,
    int lastLevel,
    Map<String, String> arguments,
    String framework) {

  static HostProperties read(BundleContext context) {
    Path base = Path.of(text(context, "hostler.base", ".")).toAbsolutePath().normalize();
    return new HostProperties(
        base,
        Path.of(text(context, "hostler.home", base.toString())),
        text(context, "hostler.version", context.getBundle().getVersion().toString()),
        Long.parseLong(text(context, "hostler.start.millis", "0")),
        Integer.parseInt(text(context, "hostler.last.level", "900")),
        arguments(context),
        text(context, Constants.FRAMEWORK_VENDOR, "")
            + " "
            + context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getVersion());
  }

  private static Map<String, String> arguments(BundleContext context) {
    Map<String, String> arguments = new LinkedHashMap<>();
    for (String name : text(context, "hostler.arguments", "").split("\n")) {
      if (!name.isEmpty()) {
        arguments.put(name, text(context, "hostler.argument." + name, ""));
      }
    }
    return arguments;
  }

  private static String text(BundleContext context, String name, String otherwise) {
    return Optional.ofNullable(context.getProperty(name)).orElse(otherwise);
  }
}
