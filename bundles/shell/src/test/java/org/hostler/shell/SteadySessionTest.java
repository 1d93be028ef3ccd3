// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import org.junit.jupiter.api.Test;

class SteadySessionTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final CommandProcessorImpl processor = new CommandProcessorImpl(null);
  private final SteadySession session = session(processor, printed);

  private static SteadySession session(CommandProcessorImpl processor, OutputStream out) {
    InputStream nothing = new ByteArrayInputStream(new byte[0]);
    return new SteadySession(processor, nothing, out, out, StandardCharsets.UTF_8);
  }

  @Test
  void aCommandThatIsInterruptedWhileItPrintsDoesNotTakeTheSessionWithIt() throws Exception {
    session.put(
        "spoil",
        (Function)
            (s, arguments) -> {
              Thread.currentThread().interrupt();
              Process.Utils.current().out().println("lost");
              return null;
            });
    session.put(
        "say",
        (Function)
            (s, arguments) -> {
              Process.Utils.current().out().println("heard");
              return null;
            });
    session.execute("spoil");
    session.execute("say");
    assertThat(printed.toString(StandardCharsets.UTF_8)).endsWith("heard\n");
  }

  @Test
  void aCommandPrintsInTheSessionsEncodingOrIntoAPipe() throws Exception {
    session.put(
        "umlaut",
        (Function)
            (s, arguments) -> {
              Output.of(s).line("größe");
              return null;
            });
    session.put(
        "length",
        (Function) (s, arguments) -> (long) Process.Utils.current().in().readAllBytes().length);
    session.execute("umlaut");
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("größe\n");
    assertThat(session.execute("umlaut | length")).isEqualTo(8L);
  }

  @Test
  void aResultIsFormattedOnceAndEndsItsLine() {
    assertThat(session.formatted(null)).isEmpty();
    assertThat(session.formatted("")).isEmpty();
    assertThat(session.formatted("a")).isEqualTo("a\n");
    assertThat(session.formatted("a\n")).isEqualTo("a\n");
    assertThat(session.formatted(List.of(1, 2))).isEqualTo("1\n2\n");
  }

  @Test
  void closingTheSessionEndsWhatRunsInIt() throws Exception {
    session.put(
        "forever",
        (Function)
            (s, arguments) -> {
              s.close();
              new CountDownLatch(1).await();
              return null;
            });
    Failure failure;
    try {
      session.execute("forever");
      failure = new Failure(0, "", true);
    } catch (Exception e) {
      failure = Failure.of(e, List.of());
    }
    assertThat(failure).isEqualTo(new Failure(1, "interrupted", true));
  }
}
