// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import org.assertj.core.api.Assertions;
import org.hostler.itests.bundles.InstallingActivator;
import org.hostler.itests.bundles.QueryingWorker;
import org.hostler.itests.bundles.TestBundle;
import org.ops4j.pax.exam.Option;

/** The distribution's own bundles at their own levels, without its shell, on an empty instance. */
final class Containers {
  /**
   * One level for all: Pax Exam waits for the level it has asked for, and nobody may pass it by.
   */
  private static final int LEVEL = 21;

  private Containers() {}

  static Option[] base() {
    try {
      Path home = Path.of(System.getProperty("hostler.dist"));
      // Where a build leaves what it makes: what a container has used cannot be removed before it
      // ends.
      Path instances = Files.createDirectories(Path.of("target", "felix").toAbsolutePath());
      Path instance = Files.createTempDirectory(instances, "instance");
      for (String directory : List.of("conf", "extensions", "deploy", "data", "run", "log")) {
        Files.createDirectory(instance.resolve(directory));
      }
      Files.writeString(
          instance.resolve("conf/hostler.conf"),
          "start_level_base = "
              + LEVEL
              + "\nmax_worker_processes = 8\nworker_interrupt_delay = 100ms\n"
              + "worker_stop_timeout = 2s\nworker_limits.capped = 0:2\n"
              + FelixDatabases.settings());
      TestBundle.named("test.installing")
          .activator(InstallingActivator.class)
          .buildIn(instance.resolve("extensions"));
      TestBundle.named("test.querying")
          .with(QueryingWorker.class)
          .buildIn(instance.resolve("extensions"));
      List<Option> options = new ArrayList<>();
      options.add(cleanCaches());
      options.add(frameworkStartLevel(LEVEL));
      options.add(frameworkProperty("hostler.base").value(instance.toString()));
      options.add(frameworkProperty("hostler.home").value(home.toString()));
      options.add(frameworkProperty("hostler.last.level").value(Integer.toString(LEVEL)));
      options.add(
          frameworkProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("ERROR"));
      for (String level : List.of("01", "05", "06", "20")) {
        addBundles(options, home.resolve("bundles").resolve(level), Integer.parseInt(level));
      }
      options.add(junitBundles());
      options.add(jarOf(Assertions.class));
      options.add(
          jarOf(ByteBuddy.class)); // AssertJ's soft and "throws" assertions are made with it
      return new Option[] {composite(options.toArray(Option[]::new))};
    } catch (IOException e) {
      throw new IllegalStateException("no instance for the test", e);
    }
  }

  /** The jar of this JVM's class path that has a class: the one the test was compiled against. */
  private static Option jarOf(Class<?> type) {
    return bundle(type.getProtectionDomain().getCodeSource().getLocation().toString());
  }

  private static void addBundles(List<Option> options, Path directory, int level)
      throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
      for (Path jar : jars) {
        String name = jar.getFileName().toString();
        boolean fragment = name.startsWith("org.hostler.logging");
        if (!name.contains("fileinstall")) {
          options.add(bundle("reference:" + jar.toUri()).startLevel(level).start(!fragment));
        }
      }
    }
  }
}
