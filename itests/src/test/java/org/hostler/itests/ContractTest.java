// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.Test;

/** CONTRACT.md and the tests of all modules agree, and a page that does not agree is found out. */
public class ContractTest {
  private static final TestMethod RESTARTS =
      new TestMethod("RestartTest", "restarts_" + "X3_" + "F39");

  @Test
  public void pageAndTestsNameEachOther() throws IOException {
    Path module = Path.of(System.getProperty("basedir", ""));
    Contract contract = Contract.parse(Files.readAllLines(module.resolve("CONTRACT.md")));
    List<String> faults = contract.faults(TestSources.below(TestSources.reactorRoot(module)));
    if (!faults.isEmpty()) {
      fail("CONTRACT.md has " + faults.size() + " faults:\n" + String.join("\n", faults));
    }
  }

  @Test
  public void missingDoubledAndForeignNumbersAreFaults() {
    List<String> page = page("open: database");
    page.remove(row("X3", "open: database"));
    page.add(row("X4", "open: database"));
    page.add(row("X21", "open: database"));
    assertFaults(page, "X4 has two rows", "X21 is no number of the contract", "X3 has no row");
  }

  @Test
  public void rowWithoutStatusIsAFault() {
    List<String> page = page("open: database");
    page.set(page.indexOf(row("X3", "open: database")), row("X3", ""));
    page.set(page.indexOf(row("L1", "open: database")), row("L1", "deviates:"));
    page.set(page.indexOf(row("T1", "open: database")), row("T1", "shown by: pending"));
    assertFaults(
        page,
        "L1: \"deviates:\" is no status",
        "T1: \"shown by: pending\" is no status",
        "X3: \"\" is no status");
  }

  @Test
  public void rowThatDoesNotNameItsTestIsAFaultWithTheRowToPaste() {
    List<String> faults =
        Contract.parse(page("deviates: in colour<br>open: database")).faults(Set.of(RESTARTS));
    String shown = "shown by `" + RESTARTS + "`";
    assertEquals(
        List.of(
            "X3 does not name the tests there are; its row is now\n"
                + row("X3", "deviates: in colour<br>" + shown + "<br>open: database")),
        faults);
  }

  @Test
  public void rowThatNamesNoExistingTestIsAFault() {
    List<String> page = page("open: database");
    page.set(page.indexOf(row("L1", "open: database")), row("L1", "shown by `GoneTest.gone`"));
    assertFaults(page, "L1 does not name the tests there are; its row is now\n" + row("L1", ""));
  }

  @Test
  public void testThatNamesAnUnknownNumberIsAFault() {
    TestMethod test = new TestMethod("RestartTest", "restarts_" + "X21");
    assertEquals(
        List.of("RestartTest.restarts_" + "X21 names X21, which has no row"),
        Contract.parse(page("open: database")).faults(Set.of(test)));
  }

  @Test
  public void testMethodsAreReadFromSources() {
    String source =
        """
        @~Test
        public void plain() {}
        @~Test void oneLine_X3() {}
        @~ParameterizedTest(name = "{0}")
        @ValueSource(strings = {"a", "b"})
        void withArguments_X7(String argument) {}
        void helper_X8() {}
        @~TestFactory
        Stream<DynamicTest> everyCellOfTheTable_X9() {}
        """
            .replace("~", "");
    assertEquals(
        List.of("plain", "oneLine_X3", "withArguments_X7", "everyCellOfTheTable_X9"),
        TestSources.in("SomeTest", source).stream().map(TestMethod::name).toList());
  }

  private static void assertFaults(List<String> page, String... faults) {
    assertEquals(List.of(faults), Contract.parse(page).faults(Set.of()));
  }

  private static List<String> page(String status) {
    List<String> lines = new ArrayList<>(List.of("| No. | PostgreSQL | Source | Status |"));
    Contract.expectedNumbers().forEach(number -> lines.add(row(number, status)));
    return lines;
  }

  private static String row(String number, String status) {
    String source = number.startsWith("T") ? "" : " a.c: f |";
    return "| " + number + " | It works. |" + source + " " + status + " |";
  }
}
