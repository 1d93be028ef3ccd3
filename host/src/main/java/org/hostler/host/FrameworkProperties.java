// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Constants;

/** The framework properties: Felix's own, the third-party bundles', and what Hostler's read. */
final class FrameworkProperties {

  private FrameworkProperties() {}

  static Map<String, String> of(
      Instance instance,
      Distribution distribution,
      Collection<Integer> levels,
      Map<String, String> arguments) {
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, instance.cache().toString());
    properties.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    properties.put(
        Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(HostFramework.MECHANISMS));
    if (SystemPackages.areUsual(System.getProperties())) {
      properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES, SystemPackages.all());
    }
    properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, libraryPackages());
    properties.put("felix.shutdown.hook", "false");
    // Felix would print to standard output; its errors are framework events as well, and logged.
    properties.put("felix.log.level", "0");
    // Bundles come a few at a time: handing each step to sleeping threads takes longer than the
    // step.
    properties.put("felix.resolver.parallelism", "1");

    // Standard output belongs to the ready line: until logging has started, it is quiet.
    properties.put("org.ops4j.pax.logging.DefaultServiceLog.level", "NONE");
    // The fragment org.hostler.logging configures logback. Told the same file twice, pax-logging
    // takes it as the configuration in force and neither reads it (90 ms) nor looks up host names.
    String anyFile = distribution.home().resolve("lib").resolve("hostler.jar").toString();
    properties.put("org.ops4j.pax.logging.StaticLogbackContext", "true");
    properties.put("org.ops4j.pax.logging.StaticLogbackFile", anyFile);
    properties.put("org.ops4j.pax.logging.property.file", anyFile);

    // File Install reads conf/*.cfg into ConfigAdmin and touches nothing else.
    properties.put("felix.fileinstall.dir", instance.base().resolve("conf").toString());
    properties.put("felix.fileinstall.filter", ".*\\.cfg");
    properties.put("felix.fileinstall.noInitialDelay", "true");
    properties.put("felix.fileinstall.enableConfigSave", "false");
    properties.put("felix.fileinstall.bundles.new.start", "false");
    properties.put("felix.fileinstall.tmpdir", instance.run().resolve("fileinstall").toString());
    properties.put("felix.fileinstall.log.level", "2");

    properties.put("hostler.base", instance.base().toString());
    properties.put("hostler.home", distribution.home().toString());
    properties.put("hostler.version", Distribution.version());
    properties.put("hostler.start.millis", Long.toString(JvmStart.epochMillis()));
    for (String terminal : List.of("hostler.terminal", "hostler.terminal.output")) {
      properties.put(terminal, System.getProperty(terminal, "false"));
    }
    properties.put("hostler.training", Boolean.toString(ClassArchive.isTraining()));
    int last = HostFramework.MECHANISMS;
    for (int level : levels) {
      last = Math.max(last, level);
    }
    properties.put("hostler.last.level", Integer.toString(last));
    arguments.forEach((name, value) -> properties.put("hostler.argument." + name, value));
    // a bundle cannot list the framework's properties: it has to know the names it asks for
    properties.put("hostler.arguments", String.join("\n", arguments.keySet()));
    return properties;
  }

  /**
   * What the framework offers to bundles from {@code lib/}: JLine. Only what lies on the class path
   * has its lambdas in the class-data archive, and a line reader has 156 of them.
   */
  static String libraryPackages() {
    return Distribution.joined("packages.txt");
  }
}
