// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hostler.database.DatabaseStat;
import org.hostler.database.Databases;

/** What the commands for databases share: the service, and the words for what it throws. */
final class DatabaseAccess {
  /** How H2 announces that it repeats the statement; who typed it knows it. */
  private static final String REPEATED = "; SQL statement:";

  /** SQLSTATE of a statement that no transaction may contain. */
  private static final String IN_TRANSACTION = "25001";

  private DatabaseAccess() {}

  /** What a command asks of databases. */
  interface Request<T> {
    /** Asks. */
    T of(Databases databases) throws SQLException;
  }

  /**
   * Asks something of the databases, for a command.
   *
   * @param host where they are
   * @param syntax the command, in case that there are none
   * @param subject what it is about, the beginning of the message of a failure
   * @param request what is asked
   */
  static <T> T ask(Host host, Syntax syntax, String subject, Request<T> request)
      throws CommandFailed, InterruptedException {
    Optional<Databases> databases = host.databases();
    if (databases.isEmpty()) {
      throw NotInstalledCommand.refusal(syntax, "databases", "org.hostler.database");
    }
    try {
      return request.of(databases.get());
    } catch (SQLException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw failed(subject, e);
    } catch (IllegalArgumentException e) {
      throw CommandFailed.refused(e);
    }
  }

  /** Returns the subject of a message about a database. */
  static String subject(String database) {
    return "database \"%s\"".formatted(database);
  }

  /** Returns the names of the databases; none while no bundle offers any. */
  static List<String> names(Host host) throws SQLException {
    Optional<Databases> databases = host.databases();
    return databases.isEmpty()
        ? List.of()
        : databases.get().databases().stream().map(DatabaseStat::name).toList();
  }

  /**
   * Makes the failure of a statement: the first line that the database says, its SQLSTATE and what
   * else it says as the detail.
   */
  static CommandFailed failed(String subject, SQLException thrown) {
    List<String> lines =
        String.valueOf(thrown.getMessage())
            .lines()
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .toList();
    String message = lines.isEmpty() ? thrown.getClass().getSimpleName() : lines.get(0);
    boolean repeated = message.endsWith(REPEATED);
    if (repeated) {
      message = message.substring(0, message.length() - REPEATED.length());
    }
    List<String> detail = new ArrayList<>();
    if (thrown.getSQLState() != null) {
      detail.add("SQLSTATE " + thrown.getSQLState());
    }
    if (!repeated && lines.size() > 1) {
      detail.addAll(lines.subList(1, lines.size()));
    }
    return CommandFailed.refused(
        message.startsWith(subject) ? message : subject + ": " + message,
        String.join("; ", detail),
        IN_TRANSACTION.equals(thrown.getSQLState())
            ? "the statement cannot run in a transaction, as it does here; use a client of the server"
            : "");
  }
}
