// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Karaf as it is unpacked, in a terminal, with a probe among its deployed bundles. */
final class KarafRun implements AutoCloseable {
  private static final String PROMPT = "@root()> ";
  private static final String PROBE = "probe.jar";
  private static final Pattern PORT =
      Pattern.compile("(?m)^((?:ssh|rmiRegistry|rmiServer)Port *= *)\\d+");

  private final Path home;
  private final Said said;
  private final Instant asked;
  private final TerminalRun terminal;
  private final Instant prompt;

  /**
   * Starts one and waits for its prompt.
   *
   * @param home a copy of its own, which {@link #prepare} has seen
   */
  KarafRun(Path home, Jdk jdk) throws IOException {
    this.home = home;
    said = new Said(home.resolve("said"));
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            jdk.home().toString(),
            "EXTRA_JAVA_OPTS",
            said.option() + " -Dkaraf.history=" + home.resolve("history"));
    asked = Instant.now();
    String karaf = home.resolve("bin").resolve("karaf").toString();
    terminal = TerminalRun.start(List.of(karaf), home, environment, PROMPT);
    prompt = terminal.awaitPrompt();
  }

  /** Puts the probe among what it deploys, before it is started, and gives it ports of its own. */
  static void prepare(Path home) throws IOException {
    Said.probe(home.resolve("deploy").resolve(PROBE), "probe");
    Path settings = home.resolve("etc");
    for (String name : List.of("org.apache.karaf.shell.cfg", "org.apache.karaf.management.cfg")) {
      Path file = settings.resolve(name);
      if (Files.exists(file)) {
        Files.writeString(file, withFreePorts(Files.readString(file)));
      }
    }
  }

  /** Replaces what is a port's number, and has it listen on the machine itself only. */
  private static String withFreePorts(String text) throws IOException {
    StringBuilder free = new StringBuilder();
    Matcher port = PORT.matcher(text.replace("0.0.0.0", "127.0.0.1"));
    while (port.find()) {
      try (ServerSocket socket = new ServerSocket(0)) {
        port.appendReplacement(free, "$1" + socket.getLocalPort());
      }
    }
    return port.appendTail(free).toString();
  }

  /** Returns the time to the prompt, in milliseconds. */
  double millisToPrompt() {
    return BootBenchmark.millis(asked, prompt);
  }

  /** Returns the time to the probe's activator, in milliseconds. */
  double millisToProbe() throws IOException {
    return BootBenchmark.millis(asked, said.await("active", asked).at());
  }

  /** Returns the physical memory it uses, in megabytes. */
  double resident() throws IOException {
    return ProcessFiles.resident(terminal.pid());
  }

  /** Removes the probe and returns the time to its stop, in milliseconds. */
  double undeploy() throws IOException {
    anyMoment();
    Instant removed = Instant.now();
    Files.move(deployed(), home.resolve(PROBE), StandardCopyOption.ATOMIC_MOVE);
    return BootBenchmark.millis(removed, said.await("stopped", removed).at());
  }

  /** Drops the probe again and returns the time to its activator, in milliseconds. */
  double deploy() throws IOException {
    anyMoment();
    Instant moved = Instant.now();
    Files.move(home.resolve(PROBE), deployed(), StandardCopyOption.ATOMIC_MOVE);
    return BootBenchmark.millis(moved, said.await("active", moved).at());
  }

  /** Types an update of the probe and returns the time to its activator, in milliseconds. */
  double update() throws IOException {
    long bundle = said.await("active", asked).bundle();
    anyMoment();
    Instant typed = Instant.now();
    terminal.type("bundle:update " + bundle);
    return BootBenchmark.millis(typed, said.await("active", typed).at());
  }

  private Path deployed() {
    return home.resolve("deploy").resolve(PROBE);
  }

  /** Waits so long that it says nothing about when a directory is looked at next. */
  private static void anyMoment() {
    long millis = ThreadLocalRandom.current().nextLong(1_000, 2_000);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Has it stop, and waits for that. */
  void stop() throws IOException, InterruptedException {
    terminal.stop();
  }

  @Override
  public void close() {
    terminal.close();
  }
}
