// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hostler.worker.stat.WorkerState;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.Test;

class CompletionTest {
  private static final Set<String> COMMANDS =
      Set.of("bgw:info", "bgw:history", "gogo:history", "felix:lb");

  private final Seen seen =
      new Seen()
          .worker(0, 1, "job", WorkerState.RUNNING)
          .worker(1, 2, "twin", WorkerState.RUNNING)
          .worker(2, 3, "twin", WorkerState.RUNNING)
          .worker(3, 4, "two words", WorkerState.RUNNING)
          .worker(4, 5, "007", WorkerState.RUNNING)
          .library("a.b", "1", Optional.of(List.of("clean", "wash")))
          .library("c.d", "1", Optional.empty());

  private List<String> complete(String... words) throws CommandFailed {
    return new Completion(new SeenHost(seen), () -> COMMANDS)
        .candidates(List.of(words), words.length - 1).stream().map(Candidate::value).toList();
  }

  @Test
  void theFirstWordIsACommandWithOrWithoutItsScope() throws Exception {
    assertThat(complete("b")).contains("bgw:info", "info", "felix:lb", "lb", "history");
  }

  @Test
  void aWorkerIsOfferedByNameWhereThatIsUniqueAndPlain() throws Exception {
    assertThat(complete("bgw:info", "")).containsExactly("job", "1:2", "2:3", "3:4", "name:007");
    assertThat(complete("info", "")).contains("job");
  }

  @Test
  void aCommandThatAnotherScopeOffersFirstIsNotOurs() throws Exception {
    assertThat(complete("bgw:history", "")).contains("job");
    assertThat(complete("history", "")).isEmpty();
    assertThat(complete("lb", "")).isEmpty();
  }

  @Test
  void optionsAreOfferedOnceAndTheirValues() throws Exception {
    assertThat(complete("bgw:list", "--")).contains("--type", "--state", "--json", "--help");
    assertThat(complete("bgw:list", "--json", "--")).doesNotContain("--json").contains("--type");
    assertThat(complete("bgw:list", "--state", "")).contains("running", "parked");
    assertThat(complete("bgw:list", "--type", "")).contains("job", "twin");
    assertThat(complete("bgw:register", "--flag", "SHMEM_ACCESS", "--")).contains("--flag");
    assertThat(complete("bgw:info", "job", "")).containsExactly("--json", "--help");
  }

  @Test
  void librariesAndTheirFunctionsAreOffered() throws Exception {
    assertThat(complete("bgw:register", "--name", "x", "")).containsExactly("a.b", "c.d");
    assertThat(complete("bgw:register", "a.b", "")).containsExactly("clean", "wash");
    assertThat(complete("bgw:register", "c.d", "")).isEmpty();
    assertThat(complete("bgw:wait", "job", "--for", "")).contains("started", "unregistered");
    assertThat(complete("bgw:signal", "job", "")).containsExactly("term", "int", "hup", "usr1");
  }
}
