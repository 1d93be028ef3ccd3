// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Measures parts on each JDK, one after the other; what fails does not keep the others. */
final class Campaign {
  private final Options options;
  private final Results results = new Results();
  private final List<Run.Failure> failures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Campaign(Options options) {
    this.options = options;
  }

  /** Measures these. */
  Run run(List<Part> parts) throws InterruptedException {
    final Instant begun = Instant.now();
    final Machine before = Machine.now();
    List<Jdk> jdks = options.jdks();
    for (Jdk jdk : jdks) {
      for (Part part : parts) {
        measure(part, jdk);
      }
    }
    return new Run(
        begun,
        Duration.between(begun, Instant.now()),
        options.quick(),
        before,
        Machine.now(),
        jdks,
        results,
        List.copyOf(failures),
        List.copyOf(notes));
  }

  private void measure(Part part, Jdk jdk) throws InterruptedException {
    Instant begun = Instant.now();
    try {
      part.body().run(options.on(jdk), results.on(jdk.feature()));
      say(part, jdk, "took " + Duration.between(begun, Instant.now()).toSeconds() + " s");
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) { // whatever it is, the other parts can still be measured
      say(part, jdk, "failed: " + e);
      e.printStackTrace();
      failures.add(new Run.Failure(part.name(), jdk.version(), e.toString()));
    }
  }

  private static void say(Part part, Jdk jdk, String what) {
    System.out.printf("%s on JDK %s %s%n", part.name(), jdk.version(), what);
  }
}
