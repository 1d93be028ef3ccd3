// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.nio.ByteBuffer;

/** Other work than what is measured: it needs all that a processor's caches hold. */
final class Elsewhere {
  private static final int BYTES = 96 << 20;
  private static final int LINE = 64;

  /** Not in the heap, whose collector would make it larger for that. */
  private final ByteBuffer much = ByteBuffer.allocateDirect(BYTES);

  /** Has the caches filled with something else. */
  void forget() {
    for (int i = 0; i < BYTES; i += LINE) {
      much.putLong(i, much.getLong(i) + 1);
    }
  }
}
