// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.VersionRange;

/**
 * The written form of a library: a symbolic name, then perhaps a range of versions, as {@code
 * a.b;[1.2,2)} or, since Gogo wants that in quotes, as {@code a.b@1.2..2}.
 */
final class LibraryText {
  private static final Pattern DOTS = Pattern.compile("([^.@;]+(?:\\.[^.@;]+)*)\\.\\.(.+)");

  private LibraryText() {}

  /** Returns the symbolic name. */
  static String symbolicName(String library) {
    return library.split("[;@]", 2)[0].strip();
  }

  /**
   * Returns the range.
   *
   * @throws IllegalArgumentException when what follows the name is none
   */
  static Optional<VersionRange> range(String library) {
    String[] parts = library.split("[;@]", 2);
    if (parts.length == 1) {
      return Optional.empty();
    }
    Matcher dots = DOTS.matcher(parts[1].strip());
    return Optional.of(
        VersionRange.valueOf(
            dots.matches()
                ? "[%s,%s)".formatted(dots.group(1), dots.group(2))
                : parts[1].strip().toLowerCase(Locale.ROOT)));
  }
}
