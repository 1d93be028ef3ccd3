// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded databases: one file each under {@code data/}, opened by the first connection and
 * closed with the bundle.
 *
 * <p>They use H2's {@code async:} file system. With any other, a thread that is interrupted while
 * it reads or writes closes the file for every session.
 */
final class EmbeddedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFiles.class);
  private static final String OPTIONS =
      ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
          + ";DEFAULT_NULL_ORDERING=HIGH;MAX_COMPACT_TIME=50"; // ms, of the second that a stop has

  /** How long H2 keeps a commit in memory unless it is written at once, in milliseconds. */
  private static final int DELAY = 500;

  private final Path data;
  private final Predicate<String> synchronousCommit;
  private final Map<String, Opened> opened = new ConcurrentHashMap<>();

  /** Those whose files are being taken away: connecting would make new ones. */
  private final Set<String> going = ConcurrentHashMap.newKeySet();

  /**
   * A database that was opened with its options.
   *
   * @param driver the driver
   * @param anchor a session of its owner: it is closed when somebody has typed {@code SHUTDOWN},
   *     and whoever connected then would open the file without the options and find it unreadable
   * @param delay how long commits may stay in memory, in milliseconds
   */
  private record Opened(Driver driver, Connection anchor, int delay) {
    boolean closed() throws SQLException {
      return anchor.isClosed();
    }
  }

  /**
   * Knows the files; opens none.
   *
   * @param data the instance's directory {@code data}
   * @param synchronousCommit tells by its name whether a database's commits are written at once
   */
  EmbeddedFiles(Path data, Predicate<String> synchronousCommit) {
    this.data = data;
    this.synchronousCommit = synchronousCommit;
  }

  private String url(String name) {
    return "jdbc:h2:async:" + data.resolve(name);
  }

  private int delay(String name) {
    return synchronousCommit.test(name) ? 0 : DELAY;
  }

  /**
   * Connects; on a thread of the mechanism's.
   *
   * @param user a user that there is
   */
  Connection connect(Driver driver, String name, String user) throws SQLException {
    if (going.contains(name)) {
      throw new SQLException("database \"%s\": is being removed".formatted(name), "55006");
    }
    open(driver, name);
    return driver.connect(url(name) + ";IFEXISTS=TRUE", user(user));
  }

  /** Opens a database; only its owner may set what the options set, and once is enough. */
  private synchronized void open(Driver driver, String name) throws SQLException {
    Opened before = opened.get(name);
    if (before == null || before.closed()) {
      int delay = delay(name);
      Connection anchor =
          driver.connect(url(name) + OPTIONS + ";WRITE_DELAY=" + delay, user(Catalog.owner(name)));
      opened.put(name, new Opened(driver, anchor, delay));
    }
  }

  private static Properties user(String name) {
    Properties properties = new Properties();
    properties.setProperty("user", name);
    properties.setProperty("password", "");
    return properties;
  }

  /** Tells whether somebody has connected to a database. */
  boolean isOpen(String name) {
    return opened.containsKey(name);
  }

  /** Returns the file of a database. */
  Path file(String name) {
    return data.resolve(name + ".mv.db");
  }

  /** Lets the settings in force hold for the databases that are open; asks them, holds no lock. */
  void settingsChanged() {
    for (Map.Entry<String, Opened> entry : opened.entrySet()) {
      String name = entry.getKey();
      Opened database = entry.getValue();
      int delay = delay(name);
      if (delay != database.delay()) {
        set(name, database, delay);
      }
    }
  }

  private void set(String name, Opened database, int delay) {
    try (Statement statement = database.anchor().createStatement()) {
      statement.execute("SET WRITE_DELAY " + delay);
      opened.replace(name, database, new Opened(database.driver(), database.anchor(), delay));
    } catch (SQLException e) { // it is being closed: its next opening sets it
      LOG.debug("database \"{}\": its settings could not be changed", name, e);
    }
  }

  /** Closes a database, ending every connection to it; nothing when it is not open. */
  void shutDown(String name) throws SQLException {
    Opened mine;
    synchronized (this) {
      mine = opened.remove(name);
    }
    if (mine == null || mine.closed()) {
      return;
    }
    try (Connection anchor = mine.anchor();
        Statement statement = anchor.createStatement()) {
      statement.execute("SHUTDOWN");
    }
  }

  /** Writes down that a file is gone for good. */
  @FunctionalInterface
  interface Mark {
    void write() throws SQLException;
  }

  /**
   * Closes a database and deletes its file; on a thread of the mechanism's. If it cannot be written
   * down that it is gone, it is there as before.
   */
  void remove(String name, Mark mark) throws SQLException {
    going.add(name);
    try {
      shutDown(name);
      takeAway(name, mark);
    } finally {
      going.remove(name);
    }
  }

  private void takeAway(String name, Mark mark) throws SQLException {
    Path file = file(name);
    Path aside = data.resolve(name + ".removed");
    try {
      boolean there = Files.exists(file);
      if (there) {
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      }
      try {
        mark.write();
      } catch (SQLException | RuntimeException e) {
        if (there) {
          Files.move(aside, file);
        }
        throw e;
      }
      Files.deleteIfExists(aside);
      Files.deleteIfExists(data.resolve(name + ".trace.db"));
    } catch (IOException e) {
      throw new SQLException(
          "database \"%s\": its file could not be removed: %s".formatted(name, e), "58030", e);
    }
  }

  /** Closes every database, all at once: a host that stops has little time for its bundles. */
  void close() {
    List<Thread> closing = new ArrayList<>();
    for (String name : opened.keySet()) {
      Thread thread = MechanismThreads.daemon("hostler-database-close", () -> closeOne(name));
      closing.add(thread);
      thread.start();
    }
    try {
      for (Thread thread : closing) {
        thread.join();
      }
    } catch (InterruptedException e) {
      LOG.warn("{} databases were being closed when the host would not wait", closing.size());
      Thread.currentThread().interrupt();
    }
  }

  private void closeOne(String name) {
    try {
      shutDown(name);
    } catch (SQLException | RuntimeException e) {
      LOG.warn("database \"{}\": could not be closed in good order", name, e);
    }
  }
}
