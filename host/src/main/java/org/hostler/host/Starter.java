// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The commands {@code start} and {@code restart}: a host in the background.
 *
 * <p>The host is started from here and not by the script with {@code &}, because a shell makes what
 * it starts so deaf to SIGINT. It gets a session of its own (where {@code setsid} is at hand) and
 * the pid of the process started here, since script and {@code setsid} replace themselves.
 */
final class Starter {

  private static final long LONGEST_CONSOLE_LOG = 10_000_000;
  private static final long POLL_MILLIS = 10;

  private final Instance instance;
  private final Distribution distribution;

  Starter(Instance instance, Distribution distribution) {
    this.instance = instance;
    this.distribution = distribution;
  }

  /** Starts a host and returns its ready line. */
  String start(Map<String, String> arguments, Duration timeout)
      throws Failure, InterruptedException {
    instance.prepare();
    try {
      if (PidFile.live(instance).isPresent()) {
        throw Host.alreadyRunning(instance);
      }
      Path note = instance.run().resolve("failure-%d".formatted(ProcessHandle.current().pid()));
      try {
        rotateConsoleLog();
        return awaitReady(launch(arguments, note), note, timeout);
      } finally {
        Files.deleteIfExists(note);
      }
    } catch (IOException e) {
      throw Failure.refusedBy(
          e,
          "instance %s: its host cannot be started".formatted(instance.base()),
          "detail: " + Words.of(e));
    }
  }

  /** Stops the host, if one runs, and starts one with the same {@code -c} settings and these. */
  String restart(Map<String, String> more, StopMode mode, Duration timeout)
      throws Failure, InterruptedException {
    instance.checkIsReachable();
    Map<String, String> arguments = new LinkedHashMap<>();
    try {
      arguments.putAll(Arguments.read(instance.arguments()));
    } catch (IOException e) {
      throw Failure.refusedBy(
          e, "%s cannot be read".formatted(instance.arguments()), "detail: " + Words.of(e));
    }
    arguments.putAll(more);
    try {
      new Stopper(instance).stop(mode, timeout);
    } catch (Failure e) {
      if (e.status() != Failure.NOT_RUNNING) {
        throw e;
      }
    }
    return start(arguments, timeout);
  }

  private Process launch(Map<String, String> arguments, Path note) throws IOException {
    List<String> command = new ArrayList<>();
    Programs.find("setsid").ifPresent(command::add);
    command.add(distribution.script().toString());
    command.add("--base");
    command.add(instance.base().toString());
    arguments.forEach(
        (name, value) -> {
          command.add("-c");
          command.add(name + "=" + value);
        });
    command.add("run");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(instance.base().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(instance.consoleLog().toFile()));
    builder.environment().put(FailureNote.VARIABLE, note.toString());
    return builder.start();
  }

  private String awaitReady(Process host, Path note, Duration timeout)
      throws IOException, Failure, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    do {
      if (host.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw failed(host.exitValue(), note);
      }
      Optional<String> ready =
          PidFile.read(instance.pidFile())
              .filter(file -> file.pid() == host.pid())
              .map(PidFile::readyLine)
              .filter(line -> !line.isEmpty());
      if (ready.isPresent()) {
        return ready.get();
      }
    } while (System.nanoTime() < deadline);
    throw Failure.timedOut(
        "instance %s is not ready after %d ms".formatted(instance.base(), timeout.toMillis()),
        "detail: its host (pid %d) goes on starting".formatted(host.pid()),
        "hint: hostler status tells its state, log/ what it does");
  }

  private Failure failed(int status, Path note) throws IOException {
    if (Files.exists(note)) {
      return Failure.refused(Files.readString(note));
    }
    String last = "";
    for (String line : Files.readAllLines(instance.consoleLog())) {
      last = line.isBlank() ? last : line;
    }
    return Failure.refused(
        "instance %s: its host ended with status %d before it was ready"
            .formatted(instance.base(), status),
        "detail: its last words were: " + last,
        "hint: look into " + instance.consoleLog());
  }

  private void rotateConsoleLog() throws IOException {
    Path log = instance.consoleLog();
    if (Files.exists(log) && Files.size(log) > LONGEST_CONSOLE_LOG) {
      Files.move(log, log.resolveSibling("console.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
