// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * PostgreSQL's background workers, which are what the host is compared with: a server that is
 * measured in turn with the hosts, a round after each part that has something beside it.
 */
final class PostgresAnchor implements Peer {
  /** Its name on the command line. */
  static final String NAME = "postgres";

  /** The parts after which a round is due. */
  private static final Set<String> BESIDE =
      Set.of("launch", "cycle", "restart", "terminate", "latch", "fill");

  private static final int WORKERS = 1_024;
  private static final int MANY = 5_000;

  /** What to measure, and how often for one round. */
  private static final Map<String, Integer> FULL = new LinkedHashMap<>();

  private static final Map<String, Integer> QUICK = new LinkedHashMap<>();

  static {
    counts("launch", 1_000, 200);
    counts("apart", 500, 100);
    counts("row", 10, 2);
    counts("cycle", 500, 100);
    counts("cycle64", 1_000, 200);
    counts("terminate", 300, 50);
    counts("terminate apart", 300, 50);
    counts("restart", 50, 10);
    counts("lateness", 3, 1);
    counts("latch", 50_000, 5_000);
  }

  private final PostgresServer.Installation installation;
  private final PostgresServer server;
  private final boolean quick;
  private boolean measured;

  private PostgresAnchor(PostgresServer.Installation installation, boolean quick)
      throws IOException, InterruptedException {
    this.installation = installation;
    this.server = PostgresServer.start(installation, WORKERS);
    this.quick = quick;
  }

  private static void counts(String what, int full, int quick) {
    FULL.put(what, full);
    QUICK.put(what, quick);
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
    return BESIDE.contains(part) && !(quick && measured);
  }

  @Override
  public void round(String part, Results.Sink sink) throws IOException, InterruptedException {
    measured = true;
    for (Map.Entry<String, Integer> each : (quick ? QUICK : FULL).entrySet()) {
      measure(server, each.getKey(), each.getValue(), sink);
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
