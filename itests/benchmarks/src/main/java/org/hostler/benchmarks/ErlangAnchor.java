// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Erlang's supervisors, which hosts are compared with where PostgreSQL has nothing as fast: a
 * module of ours, compiled by the Erlang/OTP that is there, in an emulator of its own each time.
 */
final class ErlangAnchor implements Peer {
  /** Its name on the command line. */
  static final String NAME = "erlang";

  /** The module's source. */
  static final String SOURCE = "hostler_bench.erl";

  private static final String MODULE = "hostler_bench";

  /** The parts after which something is due; the module knows them by the same names. */
  private static final Set<String> BESIDE = Set.of("cycle", "restart", "fill");

  private static final int MILLIS = 1_000;
  private static final int SAMPLES = 1_000;

  /** By how much a quick run does less. */
  private static final int QUICK = 10;

  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Workplace workplace = new Workplace();
  private final Path erl;
  private final boolean quick;

  private ErlangAnchor(Path erl, boolean quick) throws IOException {
    this.erl = erl;
    this.quick = quick;
  }

  /**
   * Compiles the module if all is there that it takes.
   *
   * @param notes takes a sentence about it
   */
  static Optional<ErlangAnchor> start(Options options, List<String> notes)
      throws InterruptedException {
    try {
      Path compiler = found("erlc");
      ErlangAnchor anchor = new ErlangAnchor(found("erl"), options.quick());
      notes.add(
          "Erlang/OTP %s was measured in turn with the hosts.".formatted(anchor.build(compiler)));
      return Optional.of(anchor);
    } catch (IOException | IllegalStateException e) {
      notes.add("Erlang was not run beside this: " + e.getMessage() + ".");
      return Optional.empty();
    }
  }

  private static Path found(String name) throws IOException {
    return Programs.find(name).orElseThrow(() -> new IOException("there is no " + name));
  }

  /** Compiles the module, and returns the version of what it runs on. */
  private String build(Path compiler) throws IOException, InterruptedException {
    try {
      Path source = workplace.directory().resolve(SOURCE);
      try (InputStream in = ErlangAnchor.class.getResourceAsStream("/" + SOURCE)) {
        Files.copy(Objects.requireNonNull(in), source);
      }
      run(compiler, source.toString());
      return module("version");
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isDueAfter(String part) {
    return BESIDE.contains(part);
  }

  @Override
  public void round(String part, Results.Sink sink) throws IOException, InterruptedException {
    int less = quick ? QUICK : 1;
    module(part, MILLIS / less, SAMPLES / less).lines().forEach(sink::read);
  }

  /** Runs the module, which a crash must not make write a dump, and nothing be logged by. */
  private String module(Object... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("-noshell", "-kernel", "logger_level", "none", "-run", MODULE, "main"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return run(erl, command.toArray(String[]::new));
  }

  private String run(Path program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(workplace.directory().toFile());
    builder.environment().put("ERL_CRASH_DUMP_SECONDS", "0");
    return Programs.run(builder, LONGEST);
  }

  @Override
  public void close() throws IOException {
    workplace.close();
  }
}
