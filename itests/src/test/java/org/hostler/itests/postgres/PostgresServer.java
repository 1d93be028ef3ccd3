// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.postgres;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hostler.itests.blackbox.Await;
import org.hostler.itests.blackbox.Trees;
import org.junit.rules.ExternalResource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL server, running as a rule of a test or a class of tests, or between {@link
 * #start} and {@link #close}.
 *
 * <p>It listens on one free port of the loopback address, which it keeps over restarts. Its user is
 * {@code postgres}, a superuser without a password; everybody who connects from here is let in, but
 * roles that {@link #requirePassword} was called for. The data lie in {@code target/postgres} and
 * stay there, with the server's log, until the next run.
 *
 * <p>It is for one thread at a time.
 */
public final class PostgresServer extends ExternalResource implements AutoCloseable {
  /** The superuser. */
  public static final String USER = "postgres";

  private static final String HBA = "pg_hba.conf";

  private final String name;
  private final List<String> configuration = new ArrayList<>();
  private final List<String> passwordRoles = new ArrayList<>();
  private final Thread endOfTests = new Thread(this::killAll);
  private int port;
  private Process process;

  private PostgresServer(String name) {
    this.name = name;
  }

  /** A server with a new, empty cluster; the name, one for each test class, names its directory. */
  public static PostgresServer named(String name) {
    return new PostgresServer(name);
  }

  /** Adds lines to {@code postgresql.conf}; they hold from the next start or {@link #reload}. */
  public PostgresServer configure(String... lines) {
    configuration.addAll(List.of(lines));
    return this;
  }

  @Override
  protected void before() throws IOException {
    start();
  }

  @Override
  protected void after() {
    close();
  }

  /** Starts it, with a new cluster at the first time; returns when it accepts connections. */
  public PostgresServer start() throws IOException {
    launch();
    Await.until(
        "answer of PostgreSQL \"" + name + "\"",
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("PostgreSQL \"" + name + "\" ended: " + log());
          }
          try (Connection connection = connect("postgres")) {
            return connection.isValid(1);
          } catch (SQLException notYet) {
            return false;
          }
        });
    return this;
  }

  /** Starts it and returns at once: for a server that is not going to accept connections. */
  public void launch() throws IOException {
    if (port == 0) {
      Trees.delete(home());
      Files.createDirectories(home());
      PostgresBinaries.makeCluster(data());
      takePort();
    }
    writeConfiguration();
    process =
        new ProcessBuilder(PostgresBinaries.command("postgres", "-D", data().toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile()))
            .start();
  }

  private void takePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Runtime.getRuntime().addShutdownHook(endOfTests);
  }

  private void writeConfiguration() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("listen_addresses = '127.0.0.1'");
    lines.add("port = " + port);
    lines.add("unix_socket_directories = ''"); // whose paths may be no longer than 107 bytes
    lines.add("fsync = off"); // what is killed here is the server, never the machine
    lines.add("max_connections = 50");
    lines.addAll(configuration);
    Files.write(data().resolve("postgresql.conf"), lines);
    List<String> access = new ArrayList<>();
    for (String role : passwordRoles) {
      access.add("host all \"" + role + "\" 127.0.0.1/32 scram-sha-256");
    }
    access.add("host all all 127.0.0.1/32 trust");
    access.add("host replication all 127.0.0.1/32 trust");
    Files.write(data().resolve(HBA), access);
  }

  /** Ends all sessions and stops it: {@code pg_ctl stop -m fast}. */
  public void stop() throws IOException {
    control("fast");
  }

  /** Stops it as if it had crashed, orderly: {@code pg_ctl stop -m immediate}. */
  public void stopImmediately() throws IOException {
    control("immediate");
  }

  /** Lets nobody in any more, and whoever is connected go on: {@code pg_ctl stop -m smart -W}. */
  public void closeEntrance() throws IOException {
    PostgresBinaries.run("pg_ctl", "stop", "-W", "-D", data().toString(), "-m", "smart");
    Await.until(
        "refusal of PostgreSQL \"" + name + "\"",
        () -> {
          try (Connection connection = connect("postgres")) {
            return connection.isClosed();
          } catch (SQLException refused) {
            return "57P03".equals(refused.getSQLState());
          }
        });
  }

  /** Starts it, having killed what may be left of it. */
  public void startAgain() throws IOException {
    close();
    start();
  }

  private void control(String mode) throws IOException {
    PostgresBinaries.run("pg_ctl", "stop", "-w", "-D", data().toString(), "-m", mode);
    awaitEnd();
  }

  /** Kills it and its sessions at once, {@code kill -9}. */
  public void kill() {
    killAll();
    awaitEnd();
  }

  /**
   * The postmaster first, so that it does not begin a recovery; the others would follow it. It is
   * halted before, or a child that it makes meanwhile is missed, and is in the way of a new start.
   */
  private void killAll() {
    if (process.isAlive()) {
      halt();
    }
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    Await.until("end of PostgreSQL", () -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  private void halt() {
    try {
      new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while PostgreSQL was halted", e);
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("PostgreSQL \"" + name + "\" does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("the wait for PostgreSQL's end was interrupted", e);
    }
  }

  /** Makes it read its configuration files again. */
  public void reload() throws IOException {
    writeConfiguration();
    PostgresBinaries.run("pg_ctl", "reload", "-D", data().toString());
  }

  /** Gives a role a password and lets it in with that only, from now on. */
  public void requirePassword(String role, String password) throws IOException, SQLException {
    execute("ALTER ROLE \"%s\" PASSWORD '%s'".formatted(role, password));
    if (!passwordRoles.contains(role)) {
      passwordRoles.add(role);
      reload();
      awaitReloaded(role);
    }
  }

  private void awaitReloaded(String role) {
    Await.until(
        "password of " + role,
        () -> {
          try (Connection connection = connect("postgres", role, "not the password")) {
            return connection.isClosed();
          } catch (SQLException refused) {
            return "28P01".equals(refused.getSQLState());
          }
        });
  }

  /**
   * Makes a streaming standby of this server, which is stopped for as long as its data are copied;
   * neither is running afterwards but this one. The standby is a server of its own: to be started,
   * to be closed.
   */
  public PostgresServer standby(String standbyName) throws IOException {
    stop();
    PostgresServer standby = new PostgresServer(standbyName);
    Trees.delete(standby.home());
    Files.createDirectories(standby.home());
    Trees.copy(data(), standby.data());
    Files.createFile(standby.data().resolve("standby.signal"));
    standby.takePort();
    standby.configuration.addAll(configuration);
    standby.configure(
        "primary_conninfo = 'host=127.0.0.1 port=%d user=%s'".formatted(port, USER),
        "wal_retrieve_retry_interval = 100ms");
    start();
    return standby;
  }

  /** Makes a primary out of a standby; returns when it is read-write. */
  public void promote() throws SQLException {
    execute("SELECT pg_promote(true, 60)");
  }

  public int port() {
    return port;
  }

  /** Returns the URL of a database of this server, or of {@code {database}}. */
  public String url(String database) {
    return url(port, database);
  }

  /** Returns the URL of a database behind another port, of a proxy for instance. */
  public static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** Connects to a database as its superuser. */
  public Connection connect(String database) throws SQLException {
    return connect(database, USER, "");
  }

  /** Connects to a database. */
  public Connection connect(String database, String user, String password) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(url(database));
    source.setConnectTimeout(5);
    return source.getConnection(user, password);
  }

  /** Runs statements in the database {@code postgres}, each in a transaction of its own. */
  public void execute(String... statements) throws SQLException {
    executeIn("postgres", statements);
  }

  /** Runs statements in a database, each in a transaction of its own. */
  public void executeIn(String database, String... statements) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Returns the first column of a query's rows as text. */
  public List<String> query(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  /** Returns what it has written to its log. */
  public String log() {
    try {
      return Files.readString(logFile().toPath());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path home() {
    return PostgresBinaries.directory().resolve(name);
  }

  private Path data() {
    return home().resolve("data");
  }

  private File logFile() {
    return home().resolve("log").toFile();
  }

  /** Kills it, if it runs. */
  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      kill();
    }
  }
}
