// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures parts on each JDK, one after the other; what fails does not keep the others. */
final class Campaign {
  private static final String POSTGRES = "postgres";

  private final Options options;
  private final Results results = new Results();
  private final List<Run.Failure> failures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Campaign(Options options) {
    this.options = options;
  }

  /** Measures parts on each JDK. */
  Run run(List<Part> parts) throws InterruptedException {
    return around(() -> measure(parts, Optional.empty()));
  }

  /** Measures everything, in turn with PostgreSQL if that is there. */
  Run runAll() throws InterruptedException {
    return around(
        () -> {
          Optional<PostgresAnchor> postgres = PostgresAnchor.start(options, notes);
          measure(Part.all(), postgres);
          if (postgres.isPresent()) {
            attempt(POSTGRES, "", () -> postgres.get().many(results.on(Results.NO_JDK)));
            attempt(POSTGRES, "", postgres.get()::close);
          }
        });
  }

  /** Measures PostgreSQL alone. */
  Run runPostgres() throws InterruptedException {
    return around(
        () -> {
          Optional<PostgresAnchor> postgres = PostgresAnchor.start(options, notes);
          if (postgres.isEmpty()) {
            failures.add(new Run.Failure(POSTGRES, "", String.join(" ", notes)));
            return;
          }
          for (int round = 0; round < options.rounds(); round++) {
            attempt(POSTGRES, "", () -> postgres.get().round(results.on(Results.NO_JDK)));
          }
          attempt(POSTGRES, "", () -> postgres.get().many(results.on(Results.NO_JDK)));
          attempt(POSTGRES, "", postgres.get()::close);
        });
  }

  /** Something that measures, or only ends what was begun for that. */
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** All of a run. */
  private interface Whole {
    void run() throws InterruptedException;
  }

  private Run around(Whole whole) throws InterruptedException {
    final Instant begun = Instant.now();
    final Machine before = Machine.now();
    whole.run();
    return new Run(
        begun,
        Duration.between(begun, Instant.now()),
        options.quick(),
        before,
        Machine.now(),
        options.jdks(),
        results,
        List.copyOf(failures),
        List.copyOf(notes));
  }

  private void measure(List<Part> parts, Optional<PostgresAnchor> postgres)
      throws InterruptedException {
    for (Jdk jdk : options.jdks()) {
      for (Part part : parts) {
        Results.Sink sink = results.on(jdk.feature());
        attempt(part.name(), jdk.version(), () -> part.body().run(options.on(jdk), sink));
        if (postgres.isPresent() && PostgresAnchor.isDueAfter(part.name())) {
          attempt(POSTGRES, "", () -> postgres.get().round(results.on(Results.NO_JDK)));
        }
      }
    }
  }

  private void attempt(String part, String jdk, Work work) throws InterruptedException {
    String where = jdk.isEmpty() ? part : part + " on JDK " + jdk;
    Instant begun = Instant.now();
    try {
      work.run();
      long seconds = Duration.between(begun, Instant.now()).toSeconds();
      System.out.printf("%s took %d s%n", where, seconds);
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) { // whatever it is, the other parts can still be measured
      System.out.printf("%s failed%n", where);
      e.printStackTrace();
      failures.add(new Run.Failure(part, jdk, e.toString().lines().findFirst().orElse("")));
    }
  }
}
