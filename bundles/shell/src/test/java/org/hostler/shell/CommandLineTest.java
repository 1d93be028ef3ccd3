// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  private static final Syntax SYNTAX =
      Syntax.of("try", "tries things")
          .flag("json", "prints JSON")
          .option("type", "T", Values.TYPE, "a type")
          .option("state", "S", Values.STATE, "a state")
          .option("limit", "50", Values.COUNT, "how many")
          .option("timeout", "10s", Values.DURATION, "how long")
          .with(new Option("flag", "F", Values.FLAG, true, false, "flags"))
          .operand("WORKER", Values.WORKER, "a worker")
          .optional("MORE", Values.TEXT, "more");

  private static CommandLine parse(Object... words) throws CommandFailed {
    return CommandLine.parse(SYNTAX, Arrays.asList(words));
  }

  private static AbstractThrowableAssert<?, ?> refused(Object... words) {
    return assertThatThrownBy(() -> parse(words))
        .isInstanceOfSatisfying(
            CommandFailed.class, e -> assertThat(e.exit()).isEqualTo(CommandFailed.Exit.USAGE));
  }

  @Test
  void optionsStandBeforeAndAfterTheOperands() throws Exception {
    CommandLine line = parse("--type", "a b", "w", "--json", "x", "--limit=7");
    assertThat(line.required(0)).isEqualTo("w");
    assertThat(line.operand(1)).contains("x");
    assertThat(line.value("type")).contains("a b");
    assertThat(line.has("json")).isTrue();
    assertThat(line.count("limit", 50)).isEqualTo(7);
    assertThat(line.has("state")).isFalse();
  }

  @Test
  void twoDashesEndTheOptions() throws Exception {
    CommandLine line = parse("--json", "--", "--type", "--");
    assertThat(line.required(0)).isEqualTo("--type");
    assertThat(line.operand(1)).contains("--");
  }

  @Test
  void anOptionTakesTheNextWordWhateverItLooksLike() throws Exception {
    assertThat(parse("w", "--type", "--json").value("type")).contains("--json");
    assertThat(parse("w", "--type=").value("type")).contains("");
    assertThat(parse("w", "--type=a=b").value("type")).contains("a=b");
  }

  @Test
  void aRepeatableOptionKeepsItsOrder() throws Exception {
    assertThat(
            parse("--flag", "INTERRUPTIBLE", "w", "--flag", "DATABASE_CONNECTION").values("flag"))
        .containsExactly("INTERRUPTIBLE", "DATABASE_CONNECTION");
  }

  @Test
  void numbersAndOtherValuesOfGogoAreWords() throws Exception {
    assertThat(parse(3L).required(0)).isEqualTo("3");
    assertThat(parse(-1L).required(0)).isEqualTo("-1");
    assertThat(parse(1.5).required(0)).isEqualTo("1.5");
    assertThat(parse(true).required(0)).isEqualTo("true");
    assertThat(parse((Object) null).required(0)).isEqualTo("null");
    assertThat(parse("w", "--limit", 7L).count("limit", 50)).isEqualTo(7);
  }

  @Test
  void aListIsNoWord() {
    refused(List.of("a")).hasMessageContaining("put it in quotes");
  }

  @Test
  void theTimeoutIsTenSecondsUnlessSaidOtherwise() throws Exception {
    assertThat(parse("w").timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(parse("w", "--timeout", "1.5s").timeout()).isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void aComplaintIsOneLineAndTheRightForm() {
    refused()
        .hasMessage("bgw:try: WORKER is missing")
        .hasToString(
            "bgw:try: WORKER is missing\n"
                + "usage: bgw:try [--json] [--type T] [--state S] [--limit 50] [--timeout 10s]"
                + " [--flag F]… WORKER [MORE]");
  }

  @Test
  void wrongWordsAreNamed() {
    refused("w", "x", "y").hasMessage("bgw:try: unexpected \"y\"");
    refused("w", "--sate", "x").hasMessage("bgw:try: unknown option --sate; did you mean --state?");
    refused("w", "-j").hasMessage("bgw:try: unknown option -j");
    refused("w", "--type").hasMessage("bgw:try: option --type needs a value");
    refused("w", "--json=1").hasMessage("bgw:try: option --json takes no value");
    refused("w", "--type", "a", "--type", "b").hasMessage("bgw:try: option --type is given twice");
    refused("w", "--limit", "0").hasMessageContaining("--limit \"0\"");
    refused("w", "--timeout", "5").hasMessageContaining("has no unit");
    refused("w", "--state", "gone").hasMessageContaining("expected requested, pending");
  }

  @Test
  void helpAsksForNothingElse() throws Exception {
    assertThat(parse("--help").has("help")).isTrue();
    assertThat(parse("-?", "w", "x", "y").has("help")).isTrue();
  }

  @Test
  void aRequiredOptionMustBeThere() {
    Syntax syntax =
        Syntax.of("wait", "waits")
            .with(new Option("for", "EVENT", Values.MILESTONE, false, true, "the event"));
    assertThatThrownBy(() -> CommandLine.parse(syntax, List.of()))
        .hasMessage("bgw:wait: option --for EVENT is missing");
  }

  @Test
  void theHelpHasTheSectionsOfOtherShells() {
    assertThat(SYNTAX.help())
        .startsWith("DESCRIPTION\n  bgw:try\n\n  tries things\n")
        .contains("\nSYNTAX\n  bgw:try [--json]")
        .contains("\nARGUMENTS\n  WORKER  a worker\n  MORE    more\n")
        .contains("\nOPTIONS\n  --json         prints JSON\n")
        .endsWith("  --help         shows this help\n");
  }

  @Test
  void everyCommandHasASyntaxOfItsOwn() {
    for (String name : CommandTable.NAMES) {
      Syntax syntax = CommandTable.command(name, new SeenHost(new Seen())).syntax();
      assertThat(syntax.name()).isEqualTo(name);
      assertThat(syntax.help()).contains("bgw:" + name).contains("--help");
    }
  }
}
