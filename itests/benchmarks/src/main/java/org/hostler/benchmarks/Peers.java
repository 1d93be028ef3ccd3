// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The other programs that hosts are measured beside, by their names, and those that run. */
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

  private final List<Peer> running = new CopyOnWriteArrayList<>();

  /** Makes none yet. Those that run when this program is ended are ended as well. */
  Peers() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::abandon, "peers"));
  }

  /** Returns the names of all. */
  static Set<String> names() {
    return Collections.unmodifiableSet(STARTERS.keySet());
  }

  /**
   * Starts some.
   *
   * @param names which
   * @param notes takes a sentence about each
   */
  void start(Set<String> names, Options options, List<String> notes) throws InterruptedException {
    for (Map.Entry<String, Starter> each : STARTERS.entrySet()) {
      if (names.contains(each.getKey())) {
        each.getValue().start(options, notes).ifPresent(running::add);
      }
    }
  }

  /** Returns those that run. */
  List<Peer> running() {
    return running;
  }

  /** Ends one, if it runs. */
  void close(Peer peer) throws IOException {
    if (running.remove(peer)) {
      peer.close();
    }
  }

  private void abandon() {
    for (Peer peer : running) {
      try {
        close(peer);
      } catch (IOException e) {
        e.printStackTrace();
      }
    }
  }
}
