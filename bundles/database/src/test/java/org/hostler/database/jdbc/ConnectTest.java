// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hostler.database.DatabaseConnectException;
import org.hostler.database.DatabaseConnectException.Reason;
import org.hostler.database.DatabaseSession;
import org.hostler.database.WorkerDatabase;
import org.hostler.database.WorkerDatabase.ConnectOption;
import org.hostler.worker.WorkerFlag;
import org.hostler.worker.WorkerTerminated;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What connecting checks, and what it refuses. */
class ConnectTest {
  private static final String SECRET = "s3cret-never-shown";

  @TempDir Path base;
  private final Map<String, Object> settings = new HashMap<>();
  private TestHost host;
  private int lives;

  private WorkerDatabase door(WorkerFlag... flags) {
    if (host == null) {
      host = new TestHost(base, settings);
    }
    return host.door(new TestLife(lives++, flags));
  }

  private WorkerDatabase door() {
    return door(WorkerFlag.DATABASE_CONNECTION);
  }

  @AfterEach
  void close() {
    if (host != null) {
      host.close();
    }
  }

  private static AbstractThrowableAssert<?, ?> refused(Reason reason, ThrowingCallable call) {
    DatabaseConnectException refused = catchThrowableOfType(DatabaseConnectException.class, call);
    AbstractThrowableAssert<?, ?> asserted = assertThat((Throwable) refused).isNotNull();
    assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason);
    assertThat(refused.getSQLState()).isEqualTo(reason.sqlState());
    for (Throwable each = refused; each != null; each = each.getCause()) {
      assertThat(each.toString()).doesNotContain(SECRET);
    }
    return asserted;
  }

  @Test
  void withoutTheFlagConnectIsRefused_D1() {
    assertThatThrownBy(() -> door(WorkerFlag.SHMEM_ACCESS).connect("main", null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("database connection requirement not indicated");
  }

  @Test
  void secondConnectIsRefusedAlsoAfterOneThatFailed_D2() throws SQLException {
    WorkerDatabase connected = door();
    connected.connect("main", null);
    assertThatThrownBy(() -> connected.connect("main", null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has connected before");
    WorkerDatabase failed = door();
    refused(Reason.NO_SUCH_DATABASE, () -> failed.connect("nowhere", null));
    assertThatThrownBy(() -> failed.connectByOid(0, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has connected before");
  }

  @Test
  void anotherThreadIsRefusedAndUsesNothingUp() throws Exception {
    WorkerDatabase door = door();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread other =
        new Thread(
            () -> {
              try {
                door.connect("main", null);
              } catch (SQLException | RuntimeException e) {
                thrown.set(e);
              }
            });
    other.start();
    other.join();
    assertThat(thrown.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("own thread only");
    assertThat(door.connect("main", null).database()).isEqualTo("main");
  }

  @Test
  void nullStandsForTheCatalogAndTheHostsOwnUser_D3() throws SQLException {
    DatabaseSession session = door().connect(null, null);
    assertThat(session.database()).isEqualTo("catalog");
    assertThat(session.role()).isEqualTo("hostler");
    DatabaseSession byOid = door().connectByOid(0, 0);
    assertThat(byOid.database()).isEqualTo("catalog");
  }

  @Test
  void numbersOfTheCatalogConnectAsNamesDo_D3() throws SQLException {
    settings.put("role.app.login", true);
    DatabaseSession catalog = door().connect(null, null);
    long main = oid(catalog, "databases", "main");
    long app = oid(catalog, "roles", "app");
    assertThat(List.of(main, app)).allMatch(oid -> oid >= Catalog.FIRST_OID);
    DatabaseSession session = door().connectByOid(main, app);
    assertThat(session.database()).isEqualTo("main");
    assertThat(session.role()).isEqualTo("app");
    assertThat(session.query("SELECT CURRENT_USER", row -> row.getString(1)))
        .containsExactly("app");
    refused(Reason.NO_SUCH_DATABASE, () -> door().connectByOid(4711, 0));
    refused(Reason.NO_SUCH_ROLE, () -> door().connectByOid(main, main));
  }

  private static long oid(DatabaseSession catalog, String view, String name) throws SQLException {
    return catalog
        .query("SELECT oid FROM " + view + " WHERE name = ?", row -> row.getLong(1), name)
        .get(0);
  }

  @Test
  void everyRefusalNamesDatabaseAndRole_D4() {
    settings.put("role.app.login", true);
    settings.put("role.nobody.login", false);
    settings.put("database.closed.allow_connections", false);
    settings.put("database.picky.connect", List.of("app"));
    refused(Reason.NO_SUCH_DATABASE, () -> door().connect("nowhere", "app"))
        .hasMessageContaining("database \"nowhere\" (role \"app\"): the database does not exist")
        .hasFieldOrPropertyWithValue("database", "nowhere")
        .hasFieldOrPropertyWithValue("role", "app");
    refused(Reason.NO_SUCH_ROLE, () -> door().connect("main", "stranger"))
        .hasMessageContaining("database \"main\" (role \"stranger\"): the role does not exist")
        .hasMessageContaining("role.stranger.login");
    refused(Reason.LOGIN_NOT_PERMITTED, () -> door().connect("main", "nobody"))
        .hasMessageContaining("\"role.nobody.login\" is off");
    refused(Reason.CONNECTIONS_NOT_ALLOWED, () -> door().connect("closed", null))
        .hasMessageContaining("\"database.closed.allow_connections\" is off");
    refused(Reason.NO_CONNECT_PRIVILEGE, () -> door().connect("picky", null))
        .hasMessageContaining("\"database.picky.connect\" has app");
  }

  @Test
  void nameThatIsNoFilesOfTheInstanceIsNoDatabase_D4() {
    for (String name : List.of("../evil", "a;INIT=x", "")) {
      settings.put("database." + name + ".allow_connections", true);
      refused(Reason.NO_SUCH_DATABASE, () -> door().connect(name, null))
          .hasMessageContaining("letters, digits");
    }
    assertThat(base.resolveSibling("evil.mv.db")).doesNotExist();
  }

  @Test
  void nobodyBecomesTheOwnerOfTheCatalog_D4() {
    settings.put("role.hostler_catalog.login", true);
    refused(Reason.NO_SUCH_ROLE, () -> door().connect(null, "hostler_catalog"))
        .hasMessageContaining("Nobody may write the catalog");
  }

  @Test
  void causeUnderADriversFailureIsToldToo_D4() {
    settings.put("database.far.url", "jdbc:postgresql://no-such-host.invalid/x");
    refused(Reason.DATABASE_DOWN, () -> door().connect("far", null))
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void optionsPassOverWhatTheyName_D5() throws SQLException {
    settings.put("role.nobody.login", false);
    settings.put("database.closed.allow_connections", false);
    settings.put("database.picky.connect", List.of("app"));
    assertThat(door().connect("closed", null, ConnectOption.BYPASS_ALLOWCONN).database())
        .isEqualTo("closed");
    assertThat(door().connect("picky", null, ConnectOption.BYPASS_ALLOWCONN).database())
        .isEqualTo("picky");
    assertThat(door().connect("main", "nobody", ConnectOption.BYPASS_ROLELOGINCHECK).role())
        .isEqualTo("nobody");
    refused(
        Reason.LOGIN_NOT_PERMITTED,
        () -> door().connect("main", "nobody", ConnectOption.BYPASS_ALLOWCONN));
    refused(
        Reason.CONNECTIONS_NOT_ALLOWED,
        () -> door().connect("closed", null, ConnectOption.BYPASS_ROLELOGINCHECK));
  }

  @Test
  void roleHasNoRightsButThoseThatWereGranted() throws SQLException {
    settings.put("role.app.login", true);
    DatabaseSession owner = door().connect("main", null);
    owner.update("CREATE TABLE item (id int)");
    DatabaseSession app = door().connect("main", "app");
    assertThatThrownBy(() -> app.query("SELECT * FROM item", row -> 1))
        .isInstanceOf(SQLException.class);
    owner.update("GRANT SELECT ON item TO \"app\"");
    assertThat(app.query("SELECT * FROM item", row -> 1)).isEmpty();
    assertThatThrownBy(() -> app.update("INSERT INTO item VALUES (1)"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void missingDriverIsToldWithThoseThatAreThere() {
    settings.put("database.a.url", "jdbc:acme://h/x");
    settings.put("database.b.url", "jdbc:postgresql://h/x");
    settings.put("database.b.driver", "org.acme.Driver");
    refused(Reason.NO_DRIVER, () -> door().connect("a", null))
        .hasMessageContaining("jdbc:acme://h/x")
        .hasMessageContaining("2 drivers are there: org.h2.Driver, org.postgresql.Driver");
    refused(Reason.NO_DRIVER, () -> door().connect("b", null))
        .hasMessageContaining("its driver \"org.acme.Driver\" is not there");
  }

  @Test
  void malformedUrlIsRefused() {
    settings.put("database.a.url", "jdbc:postgresql://h:port/x");
    settings.put("database.b.url", "postgres://h/x");
    settings.put("database.b.driver", "org.postgresql.Driver");
    settings.put("database.c.url", "jdbc:h2:mem:x;NONSENSE=1");
    for (String name : List.of("a", "b", "c")) {
      refused(Reason.BAD_URL, () -> door().connect(name, null));
    }
  }

  @Test
  void passwordFileThatOthersMayReadIsRefused() throws IOException {
    Path file = base.resolve("password");
    Files.writeString(file, SECRET + "\n");
    settings.put("database.a.url", "jdbc:postgresql://127.0.0.1:1/x");
    settings.put("database.a.password_file", "password");
    settings.put("database.b.url", "jdbc:postgresql://127.0.0.1:1/x");
    settings.put("database.b.password_file", "missing");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    refused(Reason.PASSWORD_FILE, () -> door().connect("a", null))
        .hasMessageContaining("its permissions are rw-r-----");
    refused(Reason.PASSWORD_FILE, () -> door().connect("b", null))
        .hasMessageContaining("password file \"missing\": cannot be read");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    refused(Reason.DATABASE_DOWN, () -> door().connect("a", null));
    Files.writeString(file, "\n");
    refused(Reason.PASSWORD_FILE, () -> door().connect("a", null));
  }

  @Test
  void serverThatDoesNotAnswerIsGivenUpAfterItsTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      settings.put("database.a.url", "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/x");
      settings.put("database.a.connect_timeout", Duration.ofMillis(200));
      refused(Reason.DATABASE_DOWN, () -> door().connect("a", null))
          .hasMessageContaining("does not answer within 200 ms");
    }
  }

  @Test
  void terminationEndsAConnectThatWaits() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      settings.put("database.a.url", "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/x");
      host = new TestHost(base, settings);
      TestLife life = TestLife.connecting(0);
      WorkerEntrance door = host.door(life);
      Thread asking =
          new Thread(
              () -> {
                try (var accepted = silent.accept()) {
                  life.terminate();
                  assertThat(accepted.getInputStream().read()).isNotNegative();
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      asking.start();
      assertThatThrownBy(() -> door.connect("a", null)).isInstanceOf(WorkerTerminated.class);
      assertThat(host.live.all()).isEmpty();
    }
  }

  @Test
  void terminatedWorkerDoesNotConnect() {
    host = new TestHost(base, settings);
    TestLife life = TestLife.connecting(0);
    life.terminate();
    assertThatThrownBy(() -> host.door(life).connect("main", null))
        .isInstanceOf(WorkerTerminated.class);
  }
}
