// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The other programs that hosts are measured beside, by their names. */
final class Peers {

  /** Starts one if all is there that it takes. */
  private interface Starter {
    Optional<? extends Peer> start(Options options, List<String> notes) throws InterruptedException;
  }

  private static final Map<String, Starter> STARTERS = new LinkedHashMap<>();

  static {
    STARTERS.put(PostgresAnchor.NAME, PostgresAnchor::start);
    STARTERS.put(KarafAnchor.NAME, KarafAnchor::start);
    STARTERS.put(ErlangAnchor.NAME, ErlangAnchor::start);
  }

  private Peers() {}

  /** Returns the names of all. */
  static Set<String> names() {
    return Set.copyOf(STARTERS.keySet());
  }

  /**
   * Starts some.
   *
   * @param names which
   * @param notes takes a sentence about each
   */
  static List<Peer> start(Set<String> names, Options options, List<String> notes)
      throws InterruptedException {
    List<Peer> peers = new ArrayList<>();
    for (Map.Entry<String, Starter> each : STARTERS.entrySet()) {
      if (names.contains(each.getKey())) {
        each.getValue().start(options, notes).ifPresent(peers::add);
      }
    }
    return peers;
  }
}
