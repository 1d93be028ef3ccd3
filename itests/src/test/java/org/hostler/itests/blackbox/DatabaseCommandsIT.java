// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** The commands for databases, on the embedded ones. */
public class DatabaseCommandsIT {
  @ClassRule public static final Instances INSTANCES = new Instances();

  private static Instance host;
  private static SqlWorkers workers;

  @BeforeClass
  public static void start() throws IOException {
    host = INSTANCES.init("main");
    host.configure("role.reader.login = on", "role.locked.login = off");
    workers = SqlWorkers.on(host);
    host.start();
  }

  private static Map<String, JsonNode> databases(Instance instance) {
    Map<String, JsonNode> databases = new TreeMap<>();
    instance
        .json("bgw:databases --json")
        .forEach(row -> databases.put(row.path("name").asText(), row));
    return databases;
  }

  @Test
  public void aStatementIsRunAndItsResultShownAsPsqlShowsIt() {
    assertThat(workers.sql("main", "create table shown (n int, word text)").ok().out())
        .isEqualTo("0 rows changed\n");
    assertThat(workers.sql("main", "insert into shown values (1, 'one'), (20, null)").ok().out())
        .isEqualTo("2 rows changed\n");
    assertThat(workers.sql("main", "select n, word from shown order by n").ok().out())
        .isEqualTo(
            """
             n  | word
            ----+------
              1 | one
             20 |
            (2 rows)
            """);
    JsonNode json = host.json("bgw:sql main --json 'select n, word from shown order by n'");
    assertThat(json.path("columns").toString()).isEqualTo("[\"n\",\"word\"]");
    assertThat(json.path("rows").toString()).isEqualTo("[[\"1\",\"one\"],[\"20\",null]]");
    assertThat(json.path("changed").asInt()).isZero();
  }

  @Test
  public void aStatementThatFailsIsRefusedWithItsSqlState() {
    workers.sql("main", "select * from nowhere").refused(1, "database \"main\"", "SQLSTATE 42");
    workers.sql("main", "selec").refused(1, "database \"main\"", "SQLSTATE 42");
    workers.sql("nowhere", "select 1").refused(1, "nowhere", "SQLSTATE 3D000");
    host.exec("bgw:sql --role nobody main 'select 1'").refused(1, "nobody", "SQLSTATE 28000");
    host.exec("bgw:sql --role locked main 'select 1'").refused(1, "locked", "SQLSTATE 28000");
    host.exec("bgw:sql main").refused(2, "STATEMENT");
  }

  @Test
  public void aRoleHasTheRightsItWasGranted() {
    workers.sql("main", "create table granted (n int)").ok();
    host.exec("bgw:sql --role reader main 'select n from granted'").refused(1, "SQLSTATE");
    workers.sql("main", "grant select on granted to reader").ok();
    host.exec("bgw:sql --role reader main 'select n from granted'").ok();
    host.exec("bgw:sql --role reader main 'insert into granted values (1)'").refused(1, "SQLSTATE");
  }

  @Test
  public void theCatalogIsReadAndNotWritten() {
    assertThat(workers.column("catalog", "select name from databases")).contains("catalog", "main");
    assertThat(workers.column("catalog", "select name from roles")).contains("hostler", "reader");
    workers.sql("catalog", "delete from databases").refused(1, "SQLSTATE");
    workers.sql("catalog", "create table mine (n int)").refused(1, "SQLSTATE");
    host.exec("bgw:drop-database catalog").refused(1, "catalog", "SQLSTATE 42501");
  }

  @Test
  public void aDatabaseIsMadeAndRemovedAndItsNumberNeverComesBack() {
    host.exec("bgw:create-database passing").ok();
    host.exec("bgw:create-database passing").refused(1, "passing", "SQLSTATE 42P04");
    host.exec("bgw:create-database '../passing'").refused(1, "../passing");
    JsonNode first = databases(host).get("passing");
    assertThat(first.path("kind").asText()).isEqualTo("embedded");
    assertThat(first.path("oid").asLong()).isGreaterThanOrEqualTo(16384);
    workers.sql("passing", "create table kept (n int)").ok();
    host.exec("bgw:drop-database passing").ok();
    assertThat(databases(host)).doesNotContainKey("passing");
    workers.sql("passing", "select 1").refused(1, "SQLSTATE 3D000");
    host.exec("bgw:drop-database passing").refused(1, "passing", "SQLSTATE 3D000");
    host.exec("bgw:create-database passing").ok();
    assertThat(databases(host).get("passing").path("oid").asLong())
        .isGreaterThan(first.path("oid").asLong());
    workers.sql("passing", "select * from kept").refused(1, "kept");
  }

  @Test
  public void aConnectedWorkerIsShownWithItsSession_V3() {
    workers.connect("shown", "main reader");
    host.awaitState("shown", "ready");
    JsonNode session = host.json("bgw:info --json shown").path("database");
    assertThat(session.path("name").asText()).isEqualTo("main");
    assertThat(session.path("role").asText()).isEqualTo("reader");
    assertThat(session.path("state").asText()).isEqualTo("idle");
    assertThat(session.path("since").asText()).isNotEmpty();
    assertThat(host.exec("bgw:info shown").ok().out()).contains("idle since", "reader");
    assertThat(host.worker("shown").orElseThrow().path("database").toString())
        .isEqualTo("{\"name\":\"main\",\"role\":\"reader\"}");
    JsonNode sessions = databases(host).get("main").path("sessions");
    assertThat(sessions.findValuesAsText("worker")).containsExactly("shown");
    assertThat(host.exec("bgw:databases").ok().out()).contains("\"shown\"", "as reader, idle");
    host.exec("bgw:terminate --wait shown").ok();
    assertThat(databases(host).get("main").path("sessions")).isEmpty();
  }

  @Test
  public void nothingIsOpenedBeforeTheFirstConnectAndNumbersOutliveTheHost() throws IOException {
    Instance other = INSTANCES.init("other");
    SqlWorkers more = SqlWorkers.on(other);
    other.start();
    assertThat(files(other)).isEmpty();
    more.sql("main", "create table kept as select 7 as n").ok();
    long number = databases(other).get("main").path("oid").asLong();
    other.stop().ok();
    other.start();
    assertThat(databases(other).get("main").path("oid").asLong()).isEqualTo(number);
    assertThat(more.column("main", "select n from kept")).isEqualTo(List.of("7"));
    other.kill();
    other.start();
    assertThat(databases(other).get("main").path("oid").asLong()).isEqualTo(number);
    assertThat(more.column("main", "select n from kept")).isEqualTo(List.of("7"));
  }

  private static List<Path> files(Instance instance) throws IOException {
    try (Stream<Path> files = Files.list(instance.base().resolve("data"))) {
      return files.filter(file -> file.toString().endsWith(".db")).toList();
    }
  }
}
