// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * All of a run: what a report is written from.
 *
 * @param begun when it began
 * @param took how long it took
 * @param quick whether it measured too little for its figures to be quoted
 * @param before the machine when it began
 * @param after the machine when it ended
 * @param jdks those the hosts ran on
 * @param results the figures
 * @param failures what could not be measured
 * @param notes what a reader must know about anchors that were not run, a sentence each
 */
record Run(
    Instant begun,
    Duration took,
    boolean quick,
    Machine before,
    Machine after,
    List<Jdk> jdks,
    Results results,
    List<Failure> failures,
    List<String> notes) {

  /**
   * A part that ended before it had measured all.
   *
   * @param part its name
   * @param jdk the version of the JDK; empty if it runs on none
   * @param reason what went wrong
   */
  record Failure(String part, String jdk, String reason) {}

  /** Returns each goal beside its figures, on each JDK. */
  List<Goal.Outcome> outcomes() {
    return new Goals().compare(features(), results);
  }

  /** Returns how much of the processor time wanted others were given, in percent, if known. */
  OptionalDouble stolen() {
    return after.stolenSince(before);
  }

  /** Returns the feature numbers of the JDKs. */
  List<Integer> features() {
    return jdks.stream().map(Jdk::feature).distinct().toList();
  }
}
