// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Types commands of the unpacked distribution's {@code bin/hostler}, each with a deadline. */
final class Commands {
  private static final Path DISTRIBUTION = Path.of(property("hostler.dist"));
  private static final Duration DEADLINE = Duration.ofSeconds(120);

  private Commands() {}

  static Path distribution() {
    return DISTRIBUTION;
  }

  /** Runs {@code hostler ARGUMENTS} to its end. */
  static Outcome hostler(String... arguments) {
    return hostlerWithInput("", arguments);
  }

  /** Runs {@code hostler ARGUMENTS} to its end, with this on its stdin. */
  static Outcome hostlerWithInput(String input, String... arguments) {
    return toTheEnd(prepare(List.of(arguments)), input, List.of(arguments));
  }

  /** Runs {@code hostler ARGUMENTS} to its end with a variable added to its environment. */
  static Outcome hostlerWith(String variable, String value, String... arguments) {
    ProcessBuilder builder = prepare(List.of(arguments));
    builder.environment().put(variable, value);
    return toTheEnd(builder, "", List.of(arguments));
  }

  /** Runs a line of a POSIX shell to its end, in the same environment. */
  static Outcome shell(String line) {
    ProcessBuilder builder = prepare(List.of());
    builder.command("sh", "-c", line);
    return toTheEnd(builder, "", List.of("sh", "-c", line));
  }

  /** A command as a shell would start it: the JDK under test, no variable of Hostler's own. */
  static ProcessBuilder prepare(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(DISTRIBUTION.resolve("bin/hostler").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.remove("HOSTLER_BASE");
    environment.remove("JAVA_OPTS");
    environment.remove("JDK_JAVA_OPTIONS");
    environment.remove("JAVA_TOOL_OPTIONS");
    environment.remove("_JAVA_OPTIONS");
    // Each test has an instance of its own, whose archive no second start would use.
    environment.put("HOSTLER_CLASS_ARCHIVE", "off");
    environment.put("JAVA_HOME", property("hostler.test.java.home"));
    return builder;
  }

  private static Outcome toTheEnd(ProcessBuilder builder, String input, List<String> arguments) {
    Path directory = null;
    try {
      // Files, not pipes: a host that a command leaves in the background may hold its stdout open.
      directory = Files.createTempDirectory("hostler-command");
      Path in = Files.writeString(directory.resolve("in"), input);
      Path out = directory.resolve("out");
      Path err = directory.resolve("err");
      Process process =
          builder
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      boolean ended = process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      Outcome outcome =
          new Outcome(arguments, process.exitValue(), Files.readString(out), Files.readString(err));
      if (!ended) {
        throw new AssertionError("no end within " + DEADLINE + ": " + outcome);
      }
      return outcome;
    } catch (IOException e) {
      throw new AssertionError(arguments + " could not be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(arguments + " was interrupted", e);
    } finally {
      if (directory != null) {
        Trees.delete(directory);
      }
    }
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("system property \"" + name + "\" is not set");
    }
    return value;
  }
}
