// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Measures parts on each JDK, one after the other; what fails does not keep the others. */
final class Campaign {
  private final Options options;
  private final Results results = new Results();
  private final List<Run.Failure> failures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Campaign(Options options) {
    this.options = options;
  }

  /** Measures parts on each JDK. */
  Run run(List<Part> parts) throws InterruptedException {
    return around(() -> measure(parts, List.of()));
  }

  /** Measures everything, in turn with the other programs that are there. */
  Run runAll() throws InterruptedException {
    return around(
        () -> {
          List<Peer> peers = Peers.start(Peers.names(), options, notes);
          measure(Part.all(), peers);
          finish(peers);
        });
  }

  /** Measures one of the other programs. */
  Run runPeer(String name) throws InterruptedException {
    return around(
        () -> {
          List<Peer> peers = Peers.start(Set.of(name), options, notes);
          if (peers.isEmpty()) {
            failures.add(new Run.Failure(name, "", String.join(" ", notes)));
          }
          for (int round = 0; round < options.rounds(); round++) {
            for (Part part : Part.all()) {
              rounds(peers, part);
            }
          }
          finish(peers);
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

  private void measure(List<Part> parts, List<Peer> peers) throws InterruptedException {
    for (Jdk jdk : options.jdks()) {
      for (Part part : parts) {
        Results.Sink sink = results.on(jdk.feature());
        attempt(part.name(), jdk.version(), () -> part.body().run(options.on(jdk), sink));
        rounds(peers, part);
      }
    }
  }

  private void rounds(List<Peer> peers, Part part) throws InterruptedException {
    for (Peer peer : peers) {
      if (peer.isDueAfter(part.name())) {
        attempt(peer.name(), "", () -> peer.round(part.name(), results.on(Results.NO_JDK)));
      }
    }
  }

  private void finish(List<Peer> peers) throws InterruptedException {
    for (Peer peer : peers) {
      attempt(peer.name(), "", () -> peer.once(results.on(Results.NO_JDK)));
      attempt(peer.name(), "", peer::close);
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
