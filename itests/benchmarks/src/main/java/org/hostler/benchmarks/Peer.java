// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;

/**
 * Another program that hosts are compared with, whatever JDK they run on: it is measured in turn
 * with them, a round after each part that has something beside it there.
 */
interface Peer extends AutoCloseable {

  /** Returns its name, for people. */
  String name();

  /** Returns whether that part has something beside it here. */
  boolean isDueAfter(String part);

  /**
   * Measures a round.
   *
   * @param part after which it is due
   * @throws IllegalStateException if what is measured did not behave
   */
  void round(String part, Results.Sink sink) throws IOException, InterruptedException;

  /** Measures once, at the end, what takes minutes; usually nothing. */
  default void once(Results.Sink sink) throws IOException, InterruptedException {
    // only where there is such
  }

  @Override
  void close() throws IOException;
}
