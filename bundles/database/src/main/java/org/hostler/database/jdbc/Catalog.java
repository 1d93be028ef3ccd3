// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The instance's own database: which number stands for which database and role, and which embedded
 * databases were created and removed.
 *
 * <p>A number is given at first sight of a name and never to another; a removed name that comes
 * back gets a new one. What is written is on disk before the method returns. Opened when first
 * needed, on a thread of the mechanism's; on others nothing may be asked before that.
 */
final class Catalog {
  /** The smallest number that is given; smaller ones are PostgreSQL's own. */
  static final long FIRST_OID = 16_384;

  private static final String OWNER = "hostler_catalog";
  private static final String MAKE_TABLE =
      "CREATE TABLE IF NOT EXISTS hostler.object (oid bigint PRIMARY KEY, kind varchar NOT NULL,"
          + " name varchar NOT NULL, embedded boolean NOT NULL, gone boolean NOT NULL)";

  private final Opening.Opener opener;
  private final CatalogViews.Rows rows;
  private @Nullable Connection connection;
  private String shown = "";
  private final Map<Kind, Map<String, Entry>> live = new LinkedHashMap<>();
  private final SortedSet<String> removed = new TreeSet<>();
  private long last = FIRST_OID - 1;

  /** What has numbers. */
  enum Kind {
    /** A database. */
    DATABASE,
    /** A role. */
    ROLE
  }

  private record Entry(long oid, boolean embedded) {}

  /**
   * Knows the catalog; does not open it.
   *
   * @param opener connects to it as its owner
   * @param rows what its views show
   */
  Catalog(Opening.Opener opener, CatalogViews.Rows rows) {
    this.opener = opener;
    this.rows = rows;
    live.put(Kind.DATABASE, new LinkedHashMap<>());
    live.put(Kind.ROLE, new LinkedHashMap<>());
  }

  /** Returns who owns an embedded database: in the catalog nobody else may write. */
  static String owner(String database) {
    return database.equals(DatabaseConfig.CATALOG) ? OWNER : DatabaseConfig.HOST_ROLE;
  }

  private synchronized Connection connection() throws SQLException {
    Connection mine = connection;
    if (mine == null || mine.isClosed()) {
      mine = opener.open();
      try {
        shown = CatalogViews.show(mine, rows);
        makeTables(mine);
        CatalogViews.make(mine);
        read(mine);
      } catch (SQLException | RuntimeException e) {
        Opening.closeQuietly(mine);
        throw e;
      }
      connection = mine;
    }
    return mine;
  }

  private static void makeTables(Connection mine) throws SQLException {
    try (Statement statement = mine.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS hostler");
      statement.execute(MAKE_TABLE);
    }
  }

  private void read(Connection mine) throws SQLException {
    live.values().forEach(Map::clear);
    removed.clear();
    try (Statement statement = mine.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT oid, kind, name, embedded, gone FROM hostler.object ORDER BY oid")) {
      while (row.next()) {
        last = Math.max(last, row.getLong(1));
        Kind kind = Kind.valueOf(row.getString(2));
        String name = row.getString(3);
        if (!row.getBoolean(5)) {
          live.get(kind).put(name, new Entry(row.getLong(1), row.getBoolean(4)));
          removed.remove(name);
        } else if (kind == Kind.DATABASE && row.getBoolean(4)) {
          removed.add(name);
        }
      }
    }
  }

  /** Opens it, if it is not open. */
  void open() throws SQLException {
    connection();
  }

  /** Returns the number of each name, giving one to those that have none. */
  synchronized Map<String, Long> number(Kind kind, Collection<String> names, boolean embedded)
      throws SQLException {
    Connection mine = connection();
    Map<String, Long> numbers = new LinkedHashMap<>();
    for (String name : names) {
      Entry entry = live.get(kind).get(name);
      if (entry == null) {
        entry = insert(mine, kind, name, embedded);
      }
      numbers.put(name, entry.oid());
    }
    return numbers;
  }

  private Entry insert(Connection mine, Kind kind, String name, boolean embedded)
      throws SQLException {
    long oid = last + 1;
    try (PreparedStatement statement =
        mine.prepareStatement("INSERT INTO hostler.object VALUES (?, ?, ?, ?, FALSE)")) {
      statement.setLong(1, oid);
      statement.setString(2, kind.name());
      statement.setString(3, name);
      statement.setBoolean(4, embedded);
      statement.executeUpdate();
    }
    last = oid;
    Entry entry = new Entry(oid, embedded);
    live.get(kind).put(name, entry);
    removed.remove(name);
    return entry;
  }

  /** Returns what a number stands for now; empty when it never was given, or the thing is gone. */
  synchronized Optional<String> name(Kind kind, long oid) throws SQLException {
    connection();
    for (Map.Entry<String, Entry> each : live.get(kind).entrySet()) {
      if (each.getValue().oid() == oid) {
        return Optional.of(each.getKey());
      }
    }
    return Optional.empty();
  }

  /** Returns the number of a database, if it has one. */
  synchronized OptionalLong oid(String database) throws SQLException {
    connection();
    Entry entry = live.get(Kind.DATABASE).get(database);
    return entry == null ? OptionalLong.empty() : OptionalLong.of(entry.oid());
  }

  /** Returns the databases that have numbers and were not removed. */
  synchronized SortedSet<String> databases() throws SQLException {
    connection();
    return new TreeSet<>(live.get(Kind.DATABASE).keySet());
  }

  /** Tells whether an embedded database was created here, or seen, and not removed. */
  synchronized boolean hasEmbedded(String name) throws SQLException {
    connection();
    Entry entry = live.get(Kind.DATABASE).get(name);
    return entry != null && entry.embedded();
  }

  /** Tells whether an embedded database was removed and not created again. */
  synchronized boolean wasRemoved(String name) throws SQLException {
    connection();
    return removed.contains(name);
  }

  /** Remembers that a database was removed; its number will not be given again. */
  synchronized void remove(String database, boolean embedded) throws SQLException {
    Connection mine = connection();
    Entry entry = live.get(Kind.DATABASE).get(database);
    if (entry == null) {
      entry = insert(mine, Kind.DATABASE, database, embedded);
    }
    try (PreparedStatement statement =
        mine.prepareStatement("UPDATE hostler.object SET gone = TRUE WHERE oid = ?")) {
      statement.setLong(1, entry.oid());
      statement.executeUpdate();
    }
    live.get(Kind.DATABASE).remove(database);
    if (entry.embedded()) {
      removed.add(database);
    }
  }

  /** Closes its own connection; the file is closed with the others. */
  synchronized void close() {
    if (connection != null) {
      CatalogViews.hide(shown);
      Opening.closeQuietly(connection);
      connection = null;
    }
  }
}
