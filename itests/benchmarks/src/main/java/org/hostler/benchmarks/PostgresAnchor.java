// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * PostgreSQL's background workers, which are what the host is compared with: a server that is
 * measured in turn with the hosts, a round after each part that has something beside it.
 */
final class PostgresAnchor implements Peer {
  /** Its name on the command line. */
  static final String NAME = "postgres";

  private static final int WORKERS = 1_024;
  private static final int MANY = 5_000;

  /**
   * What is measured there.
   *
   * @param name the extension's
   * @param full how often in a round
   * @param quick how often when a look is enough
   */
  private record Loop(String name, int full, int quick) {}

  private static final List<Loop> LATCH = List.of(new Loop("latch", 50_000, 5_000));

  /** What is measured after each part. */
  private static final Map<String, List<Loop>> BESIDE =
      Map.of(
          "launch",
          List.of(
              new Loop("launch", 1_000, 200), new Loop("apart", 500, 100), new Loop("row", 10, 2)),
          "cycle",
          List.of(new Loop("cycle", 500, 100), new Loop("cycle64", 1_000, 200)),
          "restart",
          List.of(new Loop("restart", 50, 10), new Loop("lateness", 3, 1)),
          "terminate",
          List.of(new Loop("terminate", 300, 50), new Loop("terminate apart", 300, 50)),
          "latch",
          LATCH,
          "loops", // in which the latch of platform threads is, on JDKs that have others
          LATCH);

  private final PostgresServer.Installation installation;
  private final PostgresServer server;
  private final boolean quick;
  private final Set<String> measured = new HashSet<>();

  private PostgresAnchor(PostgresServer.Installation installation, boolean quick)
      throws IOException, InterruptedException {
    this.installation = installation;
    this.server = PostgresServer.start(installation, WORKERS);
    this.quick = quick;
  }

  /**
   * Starts a server if all is there that it takes.
   *
   * @param notes takes a sentence about it
   */
  static Optional<PostgresAnchor> start(Options options, List<String> notes)
      throws InterruptedException {
    try {
      PostgresServer.Installation found = PostgresServer.Installation.find(options.postgres());
      PostgresAnchor anchor = new PostgresAnchor(found, options.quick());
      notes.add(found.version() + " was measured in turn with the hosts, with fsync off.");
      return Optional.of(anchor);
    } catch (IOException | IllegalStateException e) {
      notes.add("PostgreSQL was not run beside this: " + e.getMessage() + ".");
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isDueAfter(String part) {
    return BESIDE.containsKey(part) && !(quick && measured.contains(part));
  }

  @Override
  public void round(String part, Results.Sink sink) throws IOException, InterruptedException {
    measured.add(part);
    for (Loop loop : Objects.requireNonNull(BESIDE.get(part))) {
      measure(server, loop.name(), quick ? loop.quick() : loop.full(), sink);
    }
  }

  /** Measures very many workers, on servers of their own. */
  @Override
  public void once(Results.Sink sink) throws IOException, InterruptedException {
    if (!quick) {
      for (String how : List.of("fill", "fill one by one")) {
        try (PostgresServer large = PostgresServer.start(installation, MANY + 100)) {
          measure(large, how, MANY, sink);
        }
      }
    }
  }

  private static void measure(PostgresServer on, String what, int count, Results.Sink sink)
      throws IOException, InterruptedException {
    on.sql("select hostler_bench('%s', %d)".formatted(what, count)).lines().forEach(sink::read);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
