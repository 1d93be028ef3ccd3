// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir private Path directory;

  private final Results results = new Results();

  private Path page() throws IOException {
    Run run =
        new Run(
            Instant.EPOCH,
            Duration.ofMinutes(30),
            true,
            new Machine("a processor", 2, 4_096, "an OS", 0.5, 1_000, 100),
            new Machine("a processor", 2, 4_096, "an OS", 1.5, 1_090, 110),
            List.of(new Jdk(directory, "25.0.3")),
            results,
            List.of(new Run.Failure("boot", "25.0.3", "it said \"no\"")),
            List.of("PostgreSQL was not run beside this: there is no pg_config."));
    Path target = directory.resolve("target");
    return new Report(target, directory.resolve("MISSED.md")).write(run);
  }

  @Test
  void reportSaysWhatFailedWhatIsMissingAndThatItWasQuick() throws IOException {
    assertThat(page())
        .content()
        .contains("* `boot` on JDK 25.0.3: it said \"no\"")
        .contains("there is no pg_config")
        .contains(
            "| exec | 25 | bin/hostler exec | not measured | – | – | ≤ 150 ms | not measured |")
        .contains("A quick run");
    assertThat(directory.resolve("target").resolve("report.json"))
        .content()
        .contains("it said \\\"no\\\"")
        .contains("NOT_MEASURED");
  }

  @Test
  void reportShowsFiguresCurvesAndWhatIsWrittenAboutMissedGoals() throws IOException {
    results.on(25, 0).add("exec", "ms", 60);
    results.on(25, 0).add("memory part thread", "bytes", 800);
    results.on(25, 0).add("curve launch at 10", "us", 20);
    results.on(25, 0).add("curve launch at 100", "us", 21);
    Files.writeString(directory.resolve("MISSED.md"), "## Missed goals\n\nNone, 100 %.\n");
    assertThat(page())
        .content()
        .contains("| bin/hostler exec | 60.0 ms (once) | – | 0.400 | ≤ 150 ms | reached |")
        .contains("## Missed goals\n\nNone, 100 %.")
        .contains("| memory part thread | 800 bytes (once) |")
        .contains("![launch](launch.svg)");
    assertThat(directory.resolve("target").resolve("launch.svg")).exists();
    assertThat(directory.resolve("target").resolve("list.svg")).doesNotExist();
  }

  @Test
  void summaryIsCopiedBetweenTheMarksOfAnotherPage() throws IOException {
    Path readme = directory.resolve("README.md");
    Files.writeString(readme, "before\n<!-- summary -->\nold\n<!-- end of summary -->\nafter\n");
    Path page = page();
    Summary.copy(page, readme);
    Summary.copy(page, readme);
    assertThat(readme)
        .content()
        .startsWith("before\n<!-- summary -->\nMeasured on ")
        .endsWith("\n<!-- end of summary -->\nafter\n")
        .doesNotContain("old");
    Files.writeString(readme, "no marks");
    assertThatThrownBy(() -> Summary.copy(page, readme)).hasMessageContaining("<!-- summary -->");
  }

  @Test
  void chapterOnMissedGoalsIsPutIntoAReportOfBefore() throws IOException {
    Path page = page();
    Path chapter = directory.resolve("MISSED.md");
    Summary.complete(page, chapter);
    assertThat(page).content().contains("<!-- missed -->\n\n<!-- end of missed -->");
    Files.writeString(chapter, "## Missed goals\n\nOne.\n");
    Summary.complete(page, chapter);
    Summary.complete(page, chapter);
    assertThat(page).content().containsOnlyOnce("## Missed goals\n\nOne.").contains("## Curves");
  }
}
