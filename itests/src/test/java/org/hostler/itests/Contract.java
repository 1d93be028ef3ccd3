// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * CONTRACT.md: all its rows, and what is wrong with them beside the tests that exist.
 *
 * <p>The page and the tests name each other: a row names the tests that show it, and a test's name
 * ends with the numbers of the rows it shows. Both directions are checked, so that neither the page
 * nor the tests can promise what the other does not hold.
 */
record Contract(List<ContractRow> rows) {
  /** How many statements each letter has; they count from 1 without a gap. */
  private static final Map<Character, Integer> COUNTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry('R', 32),
              Map.entry('S', 15),
              Map.entry('X', 20),
              Map.entry('C', 13),
              Map.entry('H', 17),
              Map.entry('N', 8),
              Map.entry('D', 14),
              Map.entry('M', 14),
              Map.entry('L', 15),
              Map.entry('O', 13),
              Map.entry('G', 13),
              Map.entry('V', 8),
              Map.entry('T', 25)));

  static Contract parse(List<String> lines) {
    return new Contract(lines.stream().map(ContractRow::parse).flatMap(Optional::stream).toList());
  }

  /** The numbers that the page must have, each once. */
  static List<String> expectedNumbers() {
    return COUNTS.entrySet().stream()
        .flatMap(
            letter ->
                IntStream.rangeClosed(1, letter.getValue()).mapToObj(n -> "" + letter.getKey() + n))
        .toList();
  }

  /** Everything that is wrong, in words that say what to write instead; empty if all is well. */
  List<String> faults(Set<TestMethod> tests) {
    List<String> faults = new ArrayList<>(missingAndForeignNumbers());
    rows.stream().map(ContractRow::fault).flatMap(Optional::stream).forEach(faults::add);
    Set<String> known = rows.stream().map(ContractRow::number).collect(Collectors.toSet());
    for (TestMethod test : tests) {
      test.numbers().stream()
          .filter(number -> !known.contains(number))
          .forEach(number -> faults.add(test + " names " + number + ", which has no row"));
    }
    rows.stream().map(row -> staleTests(row, tests)).flatMap(Optional::stream).forEach(faults::add);
    return List.copyOf(faults);
  }

  private List<String> missingAndForeignNumbers() {
    List<String> expected = expectedNumbers();
    List<String> faults = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (ContractRow row : rows) {
      if (!expected.contains(row.number())) {
        faults.add(row.number() + " is no number of the contract");
      } else if (!seen.add(row.number())) {
        faults.add(row.number() + " has two rows");
      }
    }
    expected.stream()
        .filter(number -> !seen.contains(number))
        .forEach(number -> faults.add(number + " has no row"));
    return faults;
  }

  private static Optional<String> staleTests(ContractRow row, Set<TestMethod> tests) {
    SortedSet<TestMethod> named = row.tests();
    SortedSet<TestMethod> shown = new TreeSet<>(named);
    shown.retainAll(tests);
    tests.stream().filter(test -> test.numbers().contains(row.number())).forEach(shown::add);
    return named.equals(shown)
        ? Optional.empty()
        : Optional.of(
            row.number()
                + " does not name the tests there are; its row is now\n"
                + row.shownBy(shown));
  }
}
