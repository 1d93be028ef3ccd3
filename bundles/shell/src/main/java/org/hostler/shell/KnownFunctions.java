// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hostler.worker.stat.LibraryStat;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * Checks that a library and a function could be loaded, before a worker that names them is
 * registered. The host itself never checks that (contract R10); a person would rather know.
 */
final class KnownFunctions {
  private KnownFunctions() {}

  /**
   * Refuses an unknown library or function with the nearest name. A library that declares no
   * functions and is not loaded counts as having any.
   *
   * @throws IllegalArgumentException when the range of versions is none
   */
  static void check(String library, String function, List<LibraryStat> known) throws CommandFailed {
    String name = LibraryText.symbolicName(library);
    Optional<VersionRange> range = LibraryText.range(library);
    List<LibraryStat> named = known.stream().filter(s -> s.library().equals(name)).toList();
    if (named.isEmpty()) {
      throw unknownLibrary(name, known);
    }
    List<LibraryStat> fitting =
        named.stream().filter(s -> range.map(r -> includes(r, s)).orElse(true)).toList();
    if (fitting.isEmpty()) {
      throw CommandFailed.refused(
          "library \"%s\": no version is in %s".formatted(name, range.orElseThrow()),
          "there is " + String.join(", ", named.stream().map(LibraryStat::version).toList()),
          deferHint(""));
    }
    List<String> functions = new ArrayList<>();
    for (LibraryStat stat : fitting) {
      if (stat.functions().isEmpty()) {
        return;
      }
      functions.addAll(stat.functions().get());
    }
    if (!functions.contains(function)) {
      throw CommandFailed.refused(
          "library \"%s\": it has no function \"%s\"".formatted(name, function),
          functions.isEmpty() ? "it has none" : "it has " + String.join(", ", functions),
          deferHint(Nearest.hint(function, functions)));
    }
  }

  private static boolean includes(VersionRange range, LibraryStat stat) {
    return range.includes(
        stat.version().isEmpty() ? Version.emptyVersion : Version.parseVersion(stat.version()));
  }

  /** Returns the refusal of a library that nothing is known of. */
  static CommandFailed unknownLibrary(String library, List<LibraryStat> known) {
    List<String> names = known.stream().map(LibraryStat::library).distinct().toList();
    return CommandFailed.refused(
        "library \"%s\": there is none of this name".formatted(library),
        "known are " + String.join(", ", names),
        deferHint(Nearest.hint(library, names)));
  }

  private static String deferHint(String nearest) {
    return nearest.isEmpty()
        ? "bgw:functions lists what there is; bgw:register --defer registers it all the same"
        : nearest;
  }
}
