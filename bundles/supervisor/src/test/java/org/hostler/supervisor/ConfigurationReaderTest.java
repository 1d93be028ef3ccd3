// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hostler.worker.SettingSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {
  @TempDir Path base;

  private ConfigurationReader read(String text) throws IOException {
    return new ConfigurationReader(base, SettingSource.CONFIGURATION_FILE)
        .read(write("conf/hostler.conf", text));
  }

  private Path write(String name, String text) throws IOException {
    Path file = base.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private String problem(String text) throws IOException {
    ConfigurationReader reader = read(text);
    assertThat(reader.problems()).hasSize(1);
    return reader.problems().get(0).toString();
  }

  private static List<String> values(ConfigurationReader reader) {
    assertThat(reader.problems()).isEmpty();
    return reader.assignments().stream()
        .map(assignment -> assignment.name() + "=" + assignment.value())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = 1|a=1",
        "a=1|a=1",
        "a 1|a=1",
        "\ta\t=\t1\t|a=1",
        "a = 1 # why|a=1",
        "a = 1#why|a=1",
        "a = 'x # y' # why|a=x # y",
        "a = ''|a=",
        "a = 'it''s'|a=it's",
        "a = 'it\\'s'|a=it's",
        "a = 'tab\\tback\\\\octal\\101\\7q'|a=tab\tback\\octalA\u0007q",
        "a'x'|a=x",
        "worker_limits.org.acme.worker-spi = 2:10|worker_limits.org.acme.worker-spi=2:10",
        "a = -1.5e3|a=-1.5e3",
        "a = 10MB|a=10MB",
        "a = /var/x_y.z|a=/var/x_y.z",
        "name = größe|name=größe"
      })
  void lineIsReadAsPostgresqlReadsIt(String line, String expected) throws IOException {
    assertThat(values(read(line))).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "# a = 1", "  # 'unbalanced", "\r"})
  void blankLinesAndCommentsSayNothing(String line) throws IOException {
    assertThat(values(read(line))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = 'x|setting \"a\": unbalanced single quote (It is near: 'x. #BAL)",
        "a = 'x'' # y|setting \"a\": unbalanced single quote (It is near: 'x'' # y. #BAL)",
        "a = 'x\\'|setting \"a\": unbalanced single quote (It is near: 'x\\'. #BAL)",
        "a =|setting \"a\": has no value (#EMPTY)",
        "a|setting \"a\": has no value (#EMPTY)",
        "a = # 1|setting \"a\": has no value (#EMPTY)",
        "a = b, c|setting \"a\": unexpected text after its value (It is near: , c. #QUO)",
        "a = 1 2|setting \"a\": unexpected text after its value (It is near: 2. #QUO)",
        "a = \"b\"|setting \"a\": syntax error in its value (It is near: \"b\". #QUO)",
        "= 1|line has no name of a setting (It is near: = 1. #FORM)",
        "1a = 1|line has no name of a setting (It is near: 1a = 1. #FORM)",
        "database.main.password = my'secret|setting \"database.main.password\": unexpected text"
            + " after its value (#QUO)"
      })
  void malformedLineIsNamedWithFileLineAndText(String line, String wrong) throws IOException {
    String expected =
        wrong
            .replace("#BAL", "End the value with a single quote; a quote in it is doubled.")
            .replace("#EMPTY", "Write '' for an empty one.")
            .replace("#FORM", "Write name = value.")
            .replace(
                "#QUO",
                "Put a value between single quotes unless it has only letters, digits"
                    + " and _ - + . : /.");
    assertThat(problem("ok = 1\n\n" + line + "\nfine = 2\n"))
        .isEqualTo("conf/hostler.conf:3: " + expected);
  }

  @Test
  void everyWrongLineIsReported() throws IOException {
    ConfigurationReader reader = read("a = 'x\nb = 1\nc =\ninclude 'none'\n");
    assertThat(reader.problems())
        .extracting(problem -> problem.where().toString())
        .containsExactly("conf/hostler.conf:1", "conf/hostler.conf:3", "conf/hostler.conf:4");
  }

  @Test
  void includedFilesAreReadInPlaceRelativeToTheOneThatNamesThem() throws IOException {
    write("conf/more/one.conf", "a = 2\ninclude two.conf\n");
    write("conf/more/two.conf", "b = 3\n");
    ConfigurationReader reader =
        read("a = 1\nInclude = 'more/one.conf'\ninclude_if_exists 'none.conf'\nc = 4\n");
    assertThat(values(reader)).containsExactly("a=1", "a=2", "b=3", "c=4");
    assertThat(reader.assignments().get(2).where()).hasToString("conf/more/two.conf:1");
  }

  @Test
  void directoryIsReadInTheOrderOfNames() throws IOException {
    write("conf/d/20.conf", "a = 20\n");
    write("conf/d/10.conf", "a = 10\n");
    write("conf/d/.hidden.conf", "a = 1\n");
    write("conf/d/other.txt", "a = 2\n");
    Files.createDirectory(base.resolve("conf/d/directory.conf"));
    assertThat(values(read("include_dir 'd'"))).containsExactly("a=10", "a=20");
  }

  @Test
  void missingIncludeIsAnErrorAtTheLineThatNamesIt() throws IOException {
    assertThat(problem("\ninclude 'none.conf'"))
        .isEqualTo(
            "conf/hostler.conf:2: configuration file \"conf/none.conf\": does not exist"
                + " (Write include_if_exists for a file that may be missing.)");
    assertThat(problem("include_dir 'none'"))
        .isEqualTo("conf/hostler.conf:1: configuration directory \"conf/none\": does not exist");
    Files.createDirectory(base.resolve("conf/d"));
    assertThat(problem("include 'd'"))
        .isEqualTo(
            "conf/hostler.conf:1: include \"conf/d\": is a directory"
                + " (Name a file, or write include_dir.)");
    assertThat(problem("include ''")).contains("is a directory");
    assertThat(problem("include 'a\\000b'")).startsWith("conf/hostler.conf:1: include: is no path");
  }

  @Test
  void fileThatIncludesItselfEndsAtTheTenthLevel() throws IOException {
    assertThat(problem("include 'hostler.conf'"))
        .isEqualTo(
            "conf/hostler.conf:1: include \"conf/hostler.conf\": nested deeper than 10 files"
                + " (Look for a file that includes itself.)");
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedAndAByteOrderMarkIsSkipped() throws IOException {
    Path file = write("conf/hostler.conf", "");
    Files.write(file, new byte[] {'a', '=', (byte) 0xff});
    assertThat(
            new ConfigurationReader(base, SettingSource.CONFIGURATION_FILE).read(file).problems())
        .hasToString("[conf/hostler.conf: configuration file \"conf/hostler.conf\": is not UTF-8]");
    assertThat(values(read("\ufeffa = 1"))).containsExactly("a=1");
  }
}
