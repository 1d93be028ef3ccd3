// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Measures parts on each JDK; what fails does not keep the others.
 *
 * <p>A whole run goes through all parts several times, with a round of each: a machine that others
 * use as well has good and bad minutes, and the rounds of a part, one right after the other, would
 * all fall into the same.
 */
final class Campaign {
  private final Options options;
  private final Results results = new Results();
  private final List<Run.Failure> failures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** The number of the pass under way: one way through all parts on one JDK. */
  private int pass;

  Campaign(Options options) {
    this.options = options;
  }

  /** Measures a part on each JDK, all of its rounds at once. */
  Run run(Part part) throws InterruptedException {
    return around(() -> onEachJdk(List.of(part), List.of(), options));
  }

  /** Measures everything, in turn with the other programs that are there. */
  Run runAll() throws InterruptedException {
    return around(
        () ->
            beside(
                Peers.names(),
                peers -> {
                  for (int time = 0; time < options.passes(); time++) {
                    onEachJdk(Part.all(), peers, options.onePass());
                  }
                }));
  }

  /** Measures one of the other programs. */
  Run runPeer(String name) throws InterruptedException {
    return around(
        () ->
            beside(
                Set.of(name),
                peers -> {
                  if (peers.isEmpty()) {
                    failures.add(new Run.Failure(name, "", String.join(" ", notes)));
                  }
                  for (int round = 0; round < options.rounds(); round++) {
                    for (Part part : Part.all()) {
                      rounds(peers, part);
                    }
                  }
                }));
  }

  /** Something that measures, or only ends what was begun for that. */
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** All of a run. */
  private interface Whole {
    void run() throws InterruptedException;
  }

  /** What is measured while other programs are there. */
  private interface Beside {
    void run(List<Peer> peers) throws InterruptedException;
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

  /** Goes through parts on each JDK; that is a pass of its own. */
  private void onEachJdk(List<Part> parts, List<Peer> peers, Options each)
      throws InterruptedException {
    for (Jdk jdk : each.jdks()) {
      for (Part part : parts) {
        Results.Sink sink = results.on(jdk.feature(), pass);
        attempt(part.name(), jdk.version(), () -> part.body().run(each.on(jdk), sink));
        rounds(peers, part);
      }
      pass++;
    }
  }

  private void rounds(List<Peer> peers, Part part) throws InterruptedException {
    for (Peer peer : peers) {
      if (peer.isDueAfter(part.name())) {
        attempt(peer.name(), "", () -> peer.round(part.name(), results.on(Results.NO_JDK, pass)));
      }
    }
  }

  /** Measures while those of these programs run that can; they are ended in any case. */
  private void beside(Set<String> names, Beside what) throws InterruptedException {
    Peers peers = new Peers();
    try {
      peers.start(names, options, notes);
      notes.forEach(System.out::println); // what is missing is known before the hour has passed
      what.run(peers.running());
      for (Peer peer : peers.running()) {
        attempt(peer.name(), "", () -> peer.once(results.on(Results.NO_JDK, Results.NO_PASS)));
      }
    } finally {
      for (Peer peer : peers.running()) {
        attempt(peer.name(), "", () -> peers.close(peer));
      }
    }
  }

  private void attempt(String part, String jdk, Work work) throws InterruptedException {
    String where = jdk.isEmpty() ? part : part + " on JDK " + jdk;
    Instant begun = Instant.now();
    try {
      work.run();
      long seconds = Duration.between(begun, Instant.now()).toSeconds();
      System.out.printf("pass %d: %s took %d s%n", pass, where, seconds);
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) { // whatever it is, the other parts can still be measured
      System.out.printf("pass %d: %s failed%n", pass, where);
      e.printStackTrace();
      String reason = e.toString().lines().findFirst().orElse("");
      failures.add(new Run.Failure(part, jdk, "in pass %d: %s".formatted(pass, reason)));
    }
  }
}
