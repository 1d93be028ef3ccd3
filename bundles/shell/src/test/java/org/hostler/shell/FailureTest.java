// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.junit.jupiter.api.Test;

class FailureTest {
  private static final List<String> COMMANDS = List.of("bgw:list", "felix:lb", "felix:start");

  @Test
  void aCommandSaysItselfHowItEnds() {
    CommandFailed timedOut = CommandFailed.timedOut("worker \"w\": is not ready yet", "waited 1s");
    assertThat(Failure.of(timedOut, COMMANDS))
        .isEqualTo(new Failure(4, "worker \"w\": is not ready yet\ndetail: waited 1s", true));
    assertThat(Failure.of(new ExecutionException(timedOut), COMMANDS).status()).isEqualTo(4);
  }

  @Test
  void anUnknownCommandIsWrongUsageWithTheNearestName() {
    assertThat(Failure.of(new CommandNotFoundException("bgw:lst"), COMMANDS))
        .isEqualTo(
            new Failure(
                2, "command \"bgw:lst\": there is none\nhint: did you mean \"bgw:list\"?", true));
    assertThat(Failure.of(new CommandNotFoundException("strat"), COMMANDS).text())
        .endsWith("did you mean \"start\"?");
  }

  @Test
  void aSyntaxErrorIsWrongUsage() {
    assertThat(Failure.of(new SyntaxError(1, 5, "unexpected )"), COMMANDS))
        .isEqualTo(new Failure(2, "syntax error: unexpected )", true));
    assertThat(Failure.of(new EOFException("of a file"), COMMANDS).status()).isEqualTo(1);
  }

  @Test
  void anythingElseIsOneLineWithItsCausesEachOnce() {
    Exception cause = new IOException("disk\n  is full");
    Exception thrown = new IllegalStateException("not saved", new RuntimeException(cause));
    Failure failure = Failure.of(thrown, COMMANDS);
    assertThat(failure.status()).isEqualTo(1);
    assertThat(failure.expected()).isFalse();
    assertThat(failure.text())
        .startsWith("IllegalStateException: not saved; caused by RuntimeException: ")
        .endsWith("; caused by IOException: disk is full")
        .doesNotContain("\n");
  }
}
