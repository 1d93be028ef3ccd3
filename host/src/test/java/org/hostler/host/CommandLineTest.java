// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.hostler.host.CommandLine.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommandLineTest {

  @Test
  void optionsBeforeTheCommandNameInstanceAndSettings() throws Failure {
    CommandLine line = CommandLine.parse("--base", "/srv/a", "-c", "a.b = 1", "-c", "x=y=z", "run");
    assertThat(line.base()).contains("/srv/a");
    assertThat(line.settings()).isEqualTo(Map.of("a.b", "1", "x", "y=z"));
    assertThat(line.command()).isEqualTo(Command.RUN);
  }

  @Test
  void theLastOfTwoSettingsOfOneNameWins() throws Failure {
    assertThat(CommandLine.parse("-c", "a=1", "-c", "a=2", "start").settings())
        .isEqualTo(Map.of("a", "2"));
  }

  @Test
  void anOptionsValueStandsBehindItOrBehindAnEqualsSign() throws Failure {
    assertThat(CommandLine.parse("stop", "--mode", "smart", "--timeout=500ms"))
        .satisfies(line -> assertThat(line.mode()).isEqualTo(StopMode.SMART))
        .satisfies(line -> assertThat(line.timeout()).isEqualTo(Duration.ofMillis(500)));
    assertThat(CommandLine.parse("--base=x", "status", "--json").flag("json")).isTrue();
  }

  @Test
  void stopIsFastAndWaitsAMinuteUnlessTold() throws Failure {
    CommandLine line = CommandLine.parse("stop");
    assertThat(line.mode()).isEqualTo(StopMode.FAST);
    assertThat(line.timeout()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void theLineOfExecMayBeginWithAnything() throws Failure {
    assertThat(CommandLine.parse("exec", "--help").operands()).containsExactly("--help");
    assertThat(CommandLine.parse("exec", "-").operands()).containsExactly("-");
  }

  @ParameterizedTest
  @CsvSource({
    "'', a command is missing",
    "frobnicate, unknown command \"frobnicate\"",
    "-x run, unknown option \"-x\"",
    "--base, option --base: its value is missing",
    "--base= run, option --base: the directory is empty",
    "-c run, option -c: \"run\" is not NAME=VALUE",
    "-c a=1, a command is missing",
    "-c novalue run, option -c: \"novalue\" is not NAME=VALUE",
    "-c =1 run, option -c: \"=1\" is not NAME=VALUE",
    "-c a=1 status, 'option -c belongs to run, start and restart, not to status'",
    "start now, start: unexpected operand \"now\"",
    "start --timeout soon, start: option --timeout: \"soon\" is no duration such as 500ms",
    "start --json, start: unknown option \"--json\"",
    "stop --mode slow, stop: option --mode: \"slow\" is none of smart",
    "status --json=1, status: unknown option \"--json=1\"",
    "init, init: an operand is missing",
    "exec a b, exec: unexpected operand \"b\"",
  })
  void wrongUsageIsOneLineAndTheRightForm(String typed, String message) {
    String[] args = typed.isEmpty() ? new String[0] : typed.split(" ");
    assertThatThrownBy(() -> CommandLine.parse(args))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.status()).isEqualTo(Failure.USAGE))
        .hasMessageStartingWith(message)
        .extracting(failure -> failure.getMessage().lines().toList().get(1))
        .asString()
        .startsWith("usage: hostler ");
  }

  @ParameterizedTest
  @EnumSource(Command.class)
  void helpShowsEveryCommand(Command command) {
    String name = command.form().replace("hostler [--base DIR] ", "");
    String bare = name.replace("[-c NAME=VALUE]... ", "").split(" \\[", 2)[0];
    assertThat(Distribution.resource("help.txt")).contains("  " + bare);
  }
}
