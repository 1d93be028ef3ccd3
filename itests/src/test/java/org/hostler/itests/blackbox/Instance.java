// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An instance's directory, and the host that runs on it, seen from a person's shell. */
final class Instance {
  /** The library of the sample that does what its argument says. */
  static final String CRASHER = "org.hostler.sample.crasher";

  private final Path base;
  private final List<ProcessHandle> started = new ArrayList<>();

  Instance(Path base) {
    this.base = base;
  }

  Path base() {
    return base;
  }

  Path extensions() {
    return base.resolve("extensions");
  }

  Path deploy() {
    return base.resolve("deploy");
  }

  /** Adds lines to {@code conf/hostler.conf}. */
  void configure(String... lines) throws IOException {
    Files.write(base.resolve("conf/hostler.conf"), List.of(lines), StandardOpenOption.APPEND);
  }

  /** Drops a library of the distribution's {@code extensions/} into {@code deploy/}. */
  void drop(String library) throws IOException {
    Path extensions = Commands.distribution().resolve("extensions");
    try (Stream<Path> jars = Files.list(extensions)) {
      Path jar =
          jars.filter(file -> file.getFileName().toString().startsWith(library + "-"))
              .findFirst()
              .orElseThrow();
      Files.copy(jar, deploy().resolve(jar.getFileName()));
    }
  }

  /** Runs {@code hostler --base BASE ARGUMENTS} to its end. */
  Outcome hostler(String... arguments) {
    return Commands.hostler(based(arguments));
  }

  /** The same, with this on its stdin. */
  Outcome hostlerWithInput(String input, String... arguments) {
    return Commands.hostlerWithInput(input, based(arguments));
  }

  private String[] based(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--base", base.toString()));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  /** Starts the host in the background and asserts that it got ready. */
  Outcome start(String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("start");
    Outcome outcome = hostler(arguments.toArray(String[]::new)).ok();
    noteHost();
    return outcome;
  }

  /** Starts the host in the foreground, without a terminal; returns at once. */
  Foreground run(String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(based(options)));
    arguments.add("run");
    Foreground foreground = new Foreground(this, Commands.prepare(arguments));
    started.add(foreground.handle());
    return foreground;
  }

  Outcome stop() {
    return hostler("stop");
  }

  /** Runs a line in the host's shell. */
  Outcome exec(String line) {
    return hostler("exec", patient(line));
  }

  /** Has a command wait longer than by itself, if it waits: a machine may stall for seconds. */
  private static String patient(String line) {
    boolean waits = line.startsWith("bgw:wait ") || line.contains(" --wait ");
    return waits && line.startsWith("bgw:") && !line.contains(" --timeout ")
        ? line.replaceFirst(" ", " --timeout %ds ".formatted(Await.LONG.toSeconds()))
        : line;
  }

  /** Runs a line that prints JSON, and reads it. */
  JsonNode json(String line) {
    return exec(line).ok().json();
  }

  /** Registers a crasher; the options stand before the argument. Returns its row. */
  JsonNode crasher(String name, String argument, String... options) {
    return json(
        "bgw:register --json --name %s %s --arg '%s' %s crash"
            .formatted(name, String.join(" ", options), argument, CRASHER));
  }

  /** Returns the rows of {@code bgw:list} by name. */
  Map<String, JsonNode> workers() {
    Map<String, JsonNode> workers = new TreeMap<>();
    json("bgw:list --json").forEach(row -> workers.put(row.path("name").asText(), row));
    return workers;
  }

  Optional<JsonNode> worker(String name) {
    return Optional.ofNullable(workers().get(name));
  }

  /** Waits until {@code bgw:list} shows a worker in one of these states. Returns its row. */
  JsonNode awaitState(String name, String... states) {
    List<String> wanted = List.of(states);
    JsonNode[] row = new JsonNode[1];
    Await.until(
        "\"" + name + "\" " + wanted,
        () -> {
          row[0] = worker(name).orElse(null);
          return row[0] != null && wanted.contains(row[0].path("state").asText());
        });
    return row[0];
  }

  /** Waits until what a worker says of itself is this: it begins to run before it says anything. */
  void awaitStatusText(String name, Predicate<String> wanted) {
    Await.until(
        "wanted words of \"" + name + "\"",
        () ->
            worker(name).filter(row -> wanted.test(row.path("statusText").asText(""))).isPresent());
  }

  /** Terminates whoever is registered; some may end by themselves meanwhile. */
  void terminateAll() {
    Await.until(
        "end of all workers",
        () -> {
          List<String> ids = json("bgw:list --json").findValuesAsText("id");
          return ids.stream().filter(id -> exec("bgw:terminate --wait " + id).exit() != 0).count()
              == 0;
        });
  }

  /** Returns which life each worker leads: its id and incarnation by its name. */
  Map<String, String> lives() {
    Map<String, String> lives = new TreeMap<>();
    workers()
        .forEach(
            (name, row) ->
                lives.put(name, row.path("id").asText() + ":" + row.path("incarnation").asLong()));
    return lives;
  }

  /** Returns the kinds of the events of a worker, oldest first. */
  List<String> events(String worker) {
    JsonNode history = json("bgw:history --json --limit 1000 " + worker);
    return StreamSupport.stream(history.spliterator(), false)
        .map(event -> event.path("event").asText())
        .toList();
  }

  /** Returns the host's log. */
  String log() {
    try {
      Path log = base.resolve("log/hostler.log");
      // Its last character may be written by half.
      return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the process of the host that runs here. */
  ProcessHandle host() {
    return noteHost().orElseThrow(() -> new AssertionError("no host runs on " + base));
  }

  private Optional<ProcessHandle> noteHost() {
    try {
      Path file = base.resolve("run/hostler.pid");
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      long pid = Long.parseLong(Files.readAllLines(file).get(0).strip());
      Optional<ProcessHandle> host = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
      host.ifPresent(started::add);
      return host;
    } catch (NoSuchFileException e) { // it has ended meanwhile
      return Optional.empty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends the host as a power cut would; waits until it is gone. */
  void kill() {
    ProcessHandle host = host();
    host.destroyForcibly();
    Await.until("end of the killed host", () -> Processes.ended(host));
  }

  /** Ends every host that was started here. */
  void end() {
    noteHost();
    started.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
  }
}
