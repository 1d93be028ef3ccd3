// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests;

import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A test method, named as CONTRACT.md names it: by its file's class and its own name.
 *
 * @param type the simple name of the top-level class
 * @param name the method's name, which ends with the numbers of what it shows
 */
record TestMethod(String type, String name) implements Comparable<TestMethod> {
  private static final Pattern NUMBER = Pattern.compile("_([A-Z]\\d+)(?=_|$)");
  private static final Comparator<TestMethod> ORDER =
      Comparator.comparing(TestMethod::type).thenComparing(TestMethod::name);

  /** The numbers of statements and vectors in the name; {@code F}, faults, are no contract. */
  SortedSet<String> numbers() {
    return NUMBER
        .matcher(name)
        .results()
        .map(number -> number.group(1))
        .filter(number -> number.charAt(0) != 'F')
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public int compareTo(TestMethod other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return type + "." + name;
  }
}
