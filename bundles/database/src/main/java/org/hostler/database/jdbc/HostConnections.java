// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.hostler.database.DatabaseConnectException;
import org.hostler.database.DatabaseConnectException.Reason;
import org.hostler.worker.SettingsSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections: looks for the driver, makes every check of contract D4 and D5, logs in and
 * becomes the role. Always on threads of the mechanism's, so that whoever waits can go away.
 */
final class HostConnections {
  private final Path base;
  private final Supplier<SettingsSnapshot> settings;
  private final Drivers drivers;
  private final MechanismThreads threads;
  private final EmbeddedFiles files;
  private final Catalog catalog;

  /** Names that only a server knows and to which a connection was had. */
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  private final StatementClock statements;
  private volatile DatabaseConfig config;

  HostConnections(
      Path base,
      Supplier<SettingsSnapshot> settings,
      Drivers drivers,
      MechanismThreads threads,
      EmbeddedFiles files,
      LiveSessions live) {
    this.base = base;
    this.settings = settings;
    this.drivers = drivers;
    this.threads = threads;
    this.files = files;
    this.statements = new StatementClock(threads::execute, System::nanoTime);
    this.catalog = new Catalog(this::openCatalog, new CatalogRows(this, live));
    this.config = DatabaseConfig.of(settings.get());
  }

  /** Returns what the settings in force say. */
  DatabaseConfig config() {
    SettingsSnapshot now = settings.get();
    DatabaseConfig mine = config;
    if (mine.version() != now.version()) {
      mine = DatabaseConfig.of(now);
      config = mine;
    }
    return mine;
  }

  /** Returns the catalog; to be asked on {@link #threads()} only. */
  Catalog catalog() {
    return catalog;
  }

  /** Returns the embedded databases. */
  EmbeddedFiles files() {
    return files;
  }

  /** Returns the clock of statements. */
  StatementClock statements() {
    return statements;
  }

  /** Returns the threads on which databases are asked. */
  MechanismThreads threads() {
    return threads;
  }

  /**
   * Opens a connection as the user the host itself connects with, which neither {@code
   * allow_connections} nor {@code connect} keep out. Blocks; can be interrupted.
   *
   * @param database the database's name
   * @param timeout how long to wait at most
   * @return the driver's own connection, in its initial state
   * @throws SQLException when it cannot be had; when interrupted, with the flag set again
   */
  Connection open(String database, Duration timeout) throws SQLException {
    return open(SessionRequest.ofHost(config().database(database)), timeout);
  }

  /** As {@link #open(String, Duration)}, for any request. */
  Connection open(SessionRequest request, Duration timeout) throws SQLException {
    Opening opening = begin(request, () -> {});
    try {
      if (opening.await(timeout.toNanos())) {
        return opening.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      opening.abandon();
      throw request.failure(Reason.REFUSED, "interrupted while it was connecting", e);
    }
    opening.abandon();
    throw tooLong(request, timeout);
  }

  /** Returns the failure of a database that has not answered. */
  static SQLException tooLong(SessionRequest request, Duration timeout) {
    return request.failure(
        Reason.DATABASE_DOWN, "does not answer within %d ms".formatted(timeout.toMillis()), null);
  }

  /**
   * Begins to open a connection.
   *
   * @param arrived called on another thread when there is a result
   */
  Opening begin(SessionRequest request, Runnable arrived) {
    Opening opening = new Opening(arrived);
    threads.execute(request.target().name(), () -> opening.run(() -> connect(request)));
    return opening;
  }

  /** Connects on this thread, which must be one of the mechanism's. */
  Connection connect(SessionRequest request) throws SQLException {
    DatabaseTarget target = request.target();
    check(request);
    Connection connection = target.embedded() ? connectEmbedded(request) : connectServer(request);
    try {
      Dialect.of(target).assume(connection, request);
    } catch (SQLException | RuntimeException e) {
      Opening.closeQuietly(connection);
      throw e;
    }
    if (!target.embedded()) {
      seen.add(target.name());
    }
    return connection;
  }

  private void check(SessionRequest request) throws SQLException {
    DatabaseTarget target = request.target();
    if (target.embedded() && !HostDatabases.NAME.matcher(target.name()).matches()) {
      throw request.failure(
          Reason.NO_SUCH_DATABASE,
          "the database does not exist\nAn embedded one cannot be called so: its name is a letter or"
              + " _, then letters, digits, _ and -.",
          null);
    }
    if (!exists(target)) {
      throw request.failure(Reason.NO_SUCH_DATABASE, "the database does not exist", null);
    }
    if (request.role().equals(Catalog.owner(DatabaseConfig.CATALOG))) {
      throw request.failure(
          Reason.NO_SUCH_ROLE, "the role does not exist\nNobody may write the catalog.", null);
    }
    if (!request.bypassAllow() && !target.allowConnections()) {
      throw request.failure(
          Reason.CONNECTIONS_NOT_ALLOWED,
          "the database is not currently accepting connections\n\"database.%s.allow_connections\" is off"
              .formatted(target.name()),
          null);
    }
    DatabaseConfig.RoleEntry entry = config().roles().get(request.effectiveRole());
    boolean own = !request.foreignRole();
    if (entry == null && !own && !Dialect.of(target).knowsRoles()) {
      throw request.failure(
          Reason.NO_SUCH_ROLE,
          "the role does not exist\nSet \"role.%s.login = on\" to make it one."
              .formatted(request.role()),
          null);
    }
    if (entry != null && !entry.login() && !request.bypassLogin()) {
      throw request.failure(
          Reason.LOGIN_NOT_PERMITTED,
          "the role is not permitted to log in\n\"role.%s.login\" is off".formatted(entry.name()),
          null);
    }
    if (!request.bypassAllow()
        && !target.connect().isEmpty()
        && !target.connect().contains(request.effectiveRole())) {
      throw request.failure(
          Reason.NO_CONNECT_PRIVILEGE,
          "the role may not connect to this database\n\"database.%s.connect\" has %s"
              .formatted(target.name(), String.join(", ", target.connect())),
          null);
    }
  }

  /** Tells whether there is such a database; of one on a server only the server knows. */
  boolean exists(DatabaseTarget target) throws SQLException {
    if (!target.embedded() || target.catalog()) {
      return true;
    }
    return config().names().contains(target.name())
        ? !catalog.wasRemoved(target.name())
        : catalog.hasEmbedded(target.name());
  }

  /** Returns the name of every database that is known; gives numbers to none. */
  SortedSet<String> known() throws SQLException {
    SortedSet<String> names = new TreeSet<>(catalog.databases());
    names.addAll(config().names());
    names.addAll(seen);
    for (String name : List.copyOf(names)) {
      if (!exists(config().database(name))) { // removed, or its settings are gone
        names.remove(name);
      }
    }
    return names;
  }

  /**
   * What two numbers stand for.
   *
   * @param database the database's name
   * @param role the role's name; empty for the host's own user
   */
  record Names(String database, String role) {}

  /** Returns what two numbers stand for; 0 for the catalog and for the host's own user. */
  Names names(long database, long role) throws SQLException {
    numberedDatabases();
    numberedRoles();
    return new Names(
        database == 0 ? DatabaseConfig.CATALOG : name(Catalog.Kind.DATABASE, database),
        role == 0 ? "" : name(Catalog.Kind.ROLE, role));
  }

  private String name(Catalog.Kind kind, long oid) throws SQLException {
    Optional<String> name = catalog.name(kind, oid);
    if (name.isEmpty()) {
      boolean database = kind == Catalog.Kind.DATABASE;
      throw new DatabaseConnectException(
          database ? Reason.NO_SUCH_DATABASE : Reason.NO_SUCH_ROLE,
          database ? Long.toString(oid) : "",
          database ? "" : Long.toString(oid),
          "%s with OID %d: does not exist".formatted(database ? "database" : "role", oid),
          null);
    }
    return name.get();
  }

  /** Returns every database that is known, each with its number. */
  Map<String, Long> numberedDatabases() throws SQLException {
    Map<String, Long> numbers = new LinkedHashMap<>();
    for (String name : known()) {
      boolean embedded = config().database(name).embedded();
      numbers.putAll(catalog.number(Catalog.Kind.DATABASE, List.of(name), embedded));
    }
    return numbers;
  }

  /** Returns every role of the settings, each with its number. */
  Map<String, Long> numberedRoles() throws SQLException {
    return catalog.number(Catalog.Kind.ROLE, config().roles().keySet(), false);
  }

  /** Forgets that a connection to a database was had. */
  void forget(String database) {
    seen.remove(database);
  }

  private Connection openCatalog() throws SQLException {
    SessionRequest request = SessionRequest.ofHost(config().database(DatabaseConfig.CATALOG));
    return files.connect(
        drivers.find(request), DatabaseConfig.CATALOG, Catalog.owner(DatabaseConfig.CATALOG));
  }

  private Connection connectEmbedded(SessionRequest request) throws SQLException {
    String name = request.target().name();
    Driver driver = drivers.find(request);
    try {
      if (request.target().catalog()) {
        catalog.open();
      }
      if (request.foreignRole() || request.target().catalog()) {
        makeUser(driver, name, request.effectiveRole());
      }
      return files.connect(driver, name, request.effectiveRole());
    } catch (SQLException e) {
      throw refused(request, e);
    }
  }

  private void makeUser(Driver driver, String database, String role) throws SQLException {
    try (Connection owner = files.connect(driver, database, Catalog.owner(database));
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE USER IF NOT EXISTS " + PostgreSql.quoted(role) + " PASSWORD ''");
    }
  }

  private Connection connectServer(SessionRequest request) throws SQLException {
    DatabaseTarget target = request.target();
    Driver driver = drivers.find(request);
    Properties properties = new Properties();
    DatabaseConfig.RoleEntry role = config().roles().get(request.effectiveRole());
    boolean asRole = request.foreignRole() && role != null && !role.passwordFile().isEmpty();
    properties.setProperty("user", asRole ? request.role() : target.user());
    if (request.foreignRole() && !asRole && !Dialect.of(target).knowsRoles()) {
      throw request.failure(
          Reason.REFUSED,
          "this kind of database lets a connection not change its role\nSet \"role.%s.password_file\" to log in as it."
              .formatted(request.role()),
          null);
    }
    String file = asRole && role != null ? role.passwordFile() : target.passwordFile();
    if (!file.isEmpty()) {
      properties.setProperty("password", PasswordFile.read(base, file, request));
    }
    Dialect.of(target).login(request, properties);
    @Nullable Connection connection = null;
    try {
      if (driver.acceptsURL(target.url())) {
        connection = driver.connect(target.url(), properties);
      }
    } catch (SQLException e) {
      throw refused(request, e);
    }
    if (connection == null) {
      throw request.failure(
          Reason.BAD_URL, "its driver does not understand \"%s\"".formatted(target.url()), null);
    }
    return connection;
  }

  private static SQLException refused(SessionRequest request, SQLException e) {
    return request.failure(Dialect.of(request.target()).reason(e), PostgreSql.words(e), e);
  }

  /** Lets the settings in force hold for the embedded databases that are open; returns at once. */
  void settingsChanged() {
    threads.execute(files::settingsChanged);
  }

  /** Closes the catalog and every embedded database. */
  void close() {
    catalog.close();
    files.close();
  }
}
