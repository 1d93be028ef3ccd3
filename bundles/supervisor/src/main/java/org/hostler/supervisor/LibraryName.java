// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * A library as people write it: a bundle's symbolic name and the versions that will do.
 *
 * <p>Written {@code org.acme.jobs}, {@code org.acme.jobs;[1.2,2)} or, where brackets and semicolons
 * are in the way, {@code org.acme.jobs@1.2..2}, which means the same; {@code @1.2} is 1.2 or later.
 *
 * @param symbolicName the bundle's symbolic name
 * @param range the versions that will do; every version when none was written
 */
record LibraryName(String symbolicName, VersionRange range) {
  private static final VersionRange ANY = new VersionRange("0");
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z0-9_.-]+)(?:;\\s*(?<osgi>.+)|@(?<floor>[^.].*?)(?:\\.\\.(?<ceiling>.+))?)?");

  /**
   * Reads a library's name.
   *
   * @throws IllegalArgumentException if it is written in no known way; the message is for people
   */
  static LibraryName parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw malformed(text, "a symbolic name has letters, digits, '.', '_' and '-'");
    }
    VersionRange range;
    try {
      range = range(form);
    } catch (IllegalArgumentException e) {
      throw malformed(text, String.valueOf(e.getMessage()));
    }
    if (range.isEmpty()) {
      throw malformed(text, "no version is in the range " + range);
    }
    return new LibraryName(form.group(1), range);
  }

  /** Tells whether a bundle of this name and version is what is meant. */
  boolean matches(String name, Version version) {
    return symbolicName.equals(name) && range.includes(version);
  }

  /** Tells whether this bundle is what is meant. */
  boolean matches(Bundle bundle) {
    return matches(bundle.getSymbolicName(), bundle.getVersion());
  }

  /** Returns the name in OSGi's form, without the range when every version will do. */
  @Override
  public String toString() {
    return range.equals(ANY) ? symbolicName : symbolicName + ";" + range;
  }

  private static VersionRange range(Matcher form) {
    if (form.group("osgi") != null) {
      return new VersionRange(form.group("osgi").strip());
    }
    if (form.group("floor") == null) {
      return ANY;
    }
    Version floor = Version.valueOf(form.group("floor"));
    Optional<Version> ceiling = Optional.ofNullable(form.group("ceiling")).map(Version::valueOf);
    return new VersionRange(
        VersionRange.LEFT_CLOSED, floor, ceiling.orElse(null), VersionRange.RIGHT_OPEN);
  }

  private static IllegalArgumentException malformed(String text, String detail) {
    return new IllegalArgumentException(
        String.join(
            "\n",
            "library \"%s\": not the name of a library".formatted(text),
            detail,
            "Write a.b, a.b;[1.2,2) or a.b@1.2..2."));
  }
}
