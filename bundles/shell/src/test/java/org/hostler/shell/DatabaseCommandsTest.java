// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hostler.database.DatabaseConnectException;
import org.hostler.database.DatabaseStat;
import org.hostler.database.StatementResult;
import org.hostler.worker.stat.WorkerState;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.Test;

class DatabaseCommandsTest {
  private final SeenDatabases databases = new SeenDatabases();
  private final Seen seen = new Seen().worker(3, 17, "w", WorkerState.RUNNING);

  private String run(Object... words) throws CommandFailed, InterruptedException {
    return run(new SeenHost(seen, Optional.of(databases)), words);
  }

  private static String run(Host host, Object... words) throws CommandFailed, InterruptedException {
    Command command = CommandTable.command(words[0].toString(), host);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<Object> arguments = Arrays.asList(words).subList(1, words.length);
    command.run(
        CommandLine.parse(command.syntax(), arguments),
        new Output(new PrintStream(bytes), StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void oneSession() {
    databases
        .database("catalog", DatabaseStat.State.UNKNOWN, "")
        .database(
            "main",
            DatabaseStat.State.READ_WRITE,
            "",
            SeenDatabases.session(3, "w", "insert into t values (1)"))
        .database("far", DatabaseStat.State.DOWN, "connection refused");
  }

  @Test
  void everyDatabaseIsARowWithWhoIsConnected() throws Exception {
    oneSession();
    assertThat(run("databases"))
        .isEqualTo(
            """
              OID  NAME     KIND      STATE       ALLOWED  SESSIONS  REMARK
            16384  catalog  embedded  unknown     all             0
            16385  main     embedded  read_write  all             1  "w" (3:17) as hostler, active
            16386  far      embedded  down        all             0  connection refused
            """);
  }

  @Test
  void aDatabaseHasEveryKey() throws Exception {
    oneSession();
    assertThat(run("databases", "--json"))
        .isEqualTo(
            """
            [{"name":"catalog","oid":16384,"kind":"embedded","state":"unknown","reason":null,\
            "allowConnections":true,"connect":[],"sessions":[]},\
            {"name":"main","oid":16385,"kind":"embedded","state":"read_write","reason":null,\
            "allowConnections":true,"connect":[],"sessions":[{"id":"3:17","worker":"w",\
            "role":"hostler","state":"active","statement":"insert into t values (1)",\
            "since":"2026-11-21T00:00:02.000Z","connectedAt":"2026-11-21T00:00:01.000Z"}]},\
            {"name":"far","oid":16386,"kind":"embedded","state":"down",\
            "reason":"connection refused","allowConnections":true,"connect":[],"sessions":[]}]
            """);
  }

  @Test
  void aQueryIsDrawnAsPsqlDrawsIt() throws Exception {
    databases.result =
        new StatementResult(
            List.of("n", "what"), List.of(List.of("1", "a\nb"), Arrays.asList("-20", null)), 0);
    assertThat(run("sql", "main", "select"))
        .isEqualTo(
            """
             n   | what
            -----+------
               1 | a b
             -20 |
            (2 rows)
            """);
    databases.result = new StatementResult(List.of("n"), List.of(), 0);
    assertThat(run("sql", "main", "select")).isEqualTo(" n\n---\n(0 rows)\n");
    assertThat(databases.asked).containsOnly("execute main null select");
  }

  @Test
  void aStatementWithoutRowsSaysHowManyItChanged() throws Exception {
    databases.result = new StatementResult(List.of(), List.of(), 1);
    assertThat(run("sql", "main", "--role", "r", "update")).isEqualTo("1 row changed\n");
    databases.result = new StatementResult(List.of(), List.of(), 0);
    assertThat(run("sql", "main", "--role", "r", "update")).isEqualTo("0 rows changed\n");
    assertThat(databases.asked).containsOnly("execute main r update");
  }

  @Test
  void aResultInJsonIsColumnsRowsAndChanges() throws Exception {
    databases.result = new StatementResult(List.of("n", "m"), List.of(Arrays.asList("1", null)), 0);
    assertThat(run("sql", "--json", "main", "select"))
        .isEqualTo("{\"columns\":[\"n\",\"m\"],\"rows\":[[\"1\",null]],\"changed\":0}\n");
  }

  @Test
  void aFailureIsTheFirstLineAndItsSqlState() {
    databases.failure =
        new SQLException("ERROR: relation \"x\" does not exist\n  Position: 15", "42P01");
    assertThatThrownBy(() -> run("sql", "main", "select"))
        .hasToString(
            "database \"main\": ERROR: relation \"x\" does not exist\n"
                + "detail: SQLSTATE 42P01; Position: 15");
    databases.failure =
        new SQLException("Table \"x\" not found; SQL statement:\nselect [42102-240]", "42S02");
    assertThatThrownBy(() -> run("sql", "main", "select"))
        .hasToString("database \"main\": Table \"x\" not found\ndetail: SQLSTATE 42S02");
  }

  @Test
  void aRefusedConnectionKeepsItsOwnWords() {
    databases.failure =
        new DatabaseConnectException(
            DatabaseConnectException.Reason.NO_SUCH_DATABASE,
            "nix",
            "",
            "database \"nix\": there is none",
            null);
    assertThatThrownBy(() -> run("drop-database", "nix", "--force"))
        .isInstanceOfSatisfying(
            CommandFailed.class,
            failed -> assertThat(failed.exit()).isEqualTo(CommandFailed.Exit.REFUSED))
        .hasToString("database \"nix\": there is none\ndetail: SQLSTATE 3D000");
    assertThat(databases.asked).containsExactly("remove nix true");
  }

  @Test
  void aNameThatCannotBeOneIsRefusedWithItsHint() {
    databases.invalid =
        new IllegalArgumentException("database \"1\": no name\nthe 1\nuse a letter");
    assertThatThrownBy(() -> run("create-database", "1"))
        .hasToString("database \"1\": no name\ndetail: the 1\nhint: use a letter");
    assertThat(databases.asked).containsExactly("create 1");
  }

  @Test
  void anInterruptedStatementIsAnInterruptedCommand() {
    databases.failure = new SQLException("canceled", "57014");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> run("sql", "main", "select")).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void withoutTheBundleEveryCommandSaysSo() {
    Host host = new SeenHost(seen);
    for (String line : List.of("databases", "sql main x", "create-database x", "drop-database x")) {
      assertThatThrownBy(() -> run(host, (Object[]) line.split(" ")))
          .hasMessageContaining("the part of Hostler for databases is not installed");
    }
  }

  @Test
  void aWorkersSessionIsShownAsInPgStatActivity_V3() throws Exception {
    oneSession();
    assertThat(run("info", "w"))
        .contains(
            """
            database       main
            role           hostler
            session        active since 2026-11-21T00:00:02.000Z
            statement      insert into t values (1)
            connected at   2026-11-21T00:00:01.000Z
            """);
    assertThat(run("info", "--json", "w"))
        .contains(
            "\"database\":{\"name\":\"main\",\"role\":\"hostler\",\"state\":\"active\","
                + "\"statement\":\"insert into t values (1)\","
                + "\"since\":\"2026-11-21T00:00:02.000Z\","
                + "\"connectedAt\":\"2026-11-21T00:00:01.000Z\"}");
    assertThat(run("list", "--json"))
        .contains("\"database\":{\"name\":\"main\",\"role\":\"hostler\"}");
  }

  @Test
  void aSessionOfAnotherWorkerInTheSlotIsNotShown() throws Exception {
    oneSession();
    seen.workers.clear();
    seen.worker(3, 18, "next", WorkerState.RUNNING);
    assertThat(run("list", "--json")).contains("\"database\":null");
    assertThat(run("info", "next")).contains("database       -\n");
  }

  @Test
  void databasesAreOfferedByName() throws Exception {
    oneSession();
    Completion completion = new Completion(new SeenHost(seen, Optional.of(databases)), List::of);
    assertThat(completion.candidates(List.of("bgw:sql", ""), 1))
        .extracting(Candidate::value)
        .containsExactly("catalog", "main", "far");
    databases.failure = new SQLException("the catalog cannot be read");
    assertThat(completion.candidates(List.of("bgw:sql", ""), 1)).isEmpty();
  }
}
