// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A framework without any bundle, started and halted: what every boot costs at least. */
public final class BareFramework {

  private BareFramework() {}

  /**
   * Starts and halts.
   *
   * @param arguments the directory of its cache
   */
  public static void main(String[] arguments) throws BundleException {
    start(arguments[0]);
    Runtime.getRuntime().halt(0);
  }

  /** Starts one with an empty cache. */
  static Framework start(String cache) throws BundleException {
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    cache,
                    Constants.FRAMEWORK_STORAGE_CLEAN,
                    Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT));
    framework.start();
    return framework;
  }

  /** A program with the distribution's framework on its class path, in a process of its own. */
  record Launch(List<String> command) {

    /** Runs it to its end. */
    String output() throws IOException, InterruptedException {
      return Programs.run(new ProcessBuilder(command));
    }

    /** Returns how long it runs. */
    double millis() throws IOException, InterruptedException {
      long begun = System.nanoTime();
      output();
      return (System.nanoTime() - begun) / 1e6;
    }
  }

  static Launch launch(Options options, Workplace workplace) throws IOException {
    return launch(options, workplace, BareFramework.class.getName());
  }

  /**
   * Returns how to launch a program.
   *
   * @param main its class
   * @param arguments what it is given after the directory of its cache
   */
  static Launch launch(Options options, Workplace workplace, String main, String... arguments)
      throws IOException {
    String framework;
    try (Stream<Path> jars = Files.list(options.distribution().resolve("lib"))) {
      framework =
          jars.map(Path::toString)
              .filter(jar -> jar.contains("framework"))
              .findFirst()
              .orElseThrow(() -> new IOException("lib/: there is no framework"));
    }
    List<String> command = new ArrayList<>();
    command.add(options.jdk().java().toString());
    command.add("-cp");
    command.add(framework + System.getProperty("path.separator") + Workplace.ownJar());
    command.add(main);
    command.add(workplace.directory().resolve("cache-" + main).toString());
    command.addAll(List.of(arguments));
    return new Launch(command);
  }
}
