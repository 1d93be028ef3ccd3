// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name somebody may have meant. */
final class Nearest {
  private Nearest() {}

  /**
   * Finds the name with the fewest letters changed, added, left out or swapped.
   *
   * @param typed what was typed
   * @param names what there is
   * @return the first of the nearest; empty when none is near
   */
  static Optional<String> of(String typed, Collection<String> names) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    int best = Math.max(1, wanted.length() / 3) + 1; // a third of the letters may be wrong
    Optional<String> nearest = Optional.empty();
    for (String name : names) {
      String candidate = name.toLowerCase(Locale.ROOT);
      boolean lastPart =
          candidate.endsWith("." + wanted)
              || candidate.endsWith(":" + wanted); // org.acme.jobs for jobs
      int distance = lastPart ? 1 : distance(wanted, candidate);
      if (distance < best) {
        best = distance;
        nearest = Optional.of(name);
      }
    }
    return nearest;
  }

  /** Returns a hint with the nearest name, or an empty string. */
  static String hint(String typed, Collection<String> names) {
    return of(typed, names).map(near -> "did you mean \"" + near + "\"?").orElse("");
  }

  private static int distance(String a, String b) {
    int[][] table = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        table[i][j] = i == 0 || j == 0 ? i + j : cell(a, b, table, i, j);
      }
    }
    return table[a.length()][b.length()];
  }

  private static int cell(String a, String b, int[][] table, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int least = table[i - 1][j - 1] + (same ? 0 : 1);
    least = Math.min(least, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
  }
}
