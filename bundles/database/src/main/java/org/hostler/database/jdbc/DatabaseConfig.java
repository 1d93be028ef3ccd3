// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hostler.worker.SettingsSnapshot;

/**
 * The databases and roles that the settings name; immutable.
 *
 * <p>A setting of {@code database.*} holds for every database that has none of its own but the
 * catalog, which is always embedded. With {@code database.*.url} every name is one on that server.
 */
final class DatabaseConfig {
  /** The instance's own database, which a null database stands for. */
  static final String CATALOG = "catalog";

  /** The database that is there without any setting. */
  static final String MAIN = "main";

  /** Whom the host connects as, unless it is set. */
  static final String HOST_ROLE = "hostler";

  private static final String PLACE = "{database}";
  private static final String FAMILY = "database.";
  private static final String ROLES = "role.";

  private final SettingsSnapshot settings;
  private final SortedSet<String> names;
  private final Map<String, RoleEntry> roles;

  /**
   * One role of the settings.
   *
   * @param name its name
   * @param login whether it may connect
   * @param passwordFile the file with its password; empty for none
   */
  record RoleEntry(String name, boolean login, String passwordFile) {}

  private DatabaseConfig(SettingsSnapshot settings) {
    this.settings = settings;
    SortedSet<String> found = new TreeSet<>(List.of(MAIN, CATALOG, defaultDatabase()));
    for (String setting : settings.names(FAMILY)) {
      found.add(middle(setting));
    }
    found.remove("*");
    this.names = Collections.unmodifiableSortedSet(found);
    Map<String, RoleEntry> configured = new TreeMap<>();
    configured.put(HOST_ROLE, role(HOST_ROLE));
    for (String setting : settings.names(ROLES)) {
      configured.put(middle(setting), role(middle(setting)));
    }
    this.roles = Collections.unmodifiableMap(configured);
  }

  /** Returns what a snapshot says. */
  static DatabaseConfig of(SettingsSnapshot settings) {
    return new DatabaseConfig(settings);
  }

  private static String middle(String setting) {
    return setting.substring(setting.indexOf('.') + 1, setting.lastIndexOf('.'));
  }

  private RoleEntry role(String name) {
    String login = ROLES + name + ".login";
    String file = ROLES + name + ".password_file";
    return new RoleEntry(
        name,
        !settings.has(login) || settings.bool(login),
        settings.has(file) ? settings.text(file) : "");
  }

  /** Returns the version of the settings this was made from. */
  long version() {
    return settings.version();
  }

  /** Returns the name of the database that decides the phases. */
  String defaultDatabase() {
    return settings.has("default_database") ? settings.text("default_database") : MAIN;
  }

  /** Returns the default database if it holds the phases: one with a URL; else an empty name. */
  String watched() {
    String name = defaultDatabase();
    return database(name).embedded() ? "" : name;
  }

  /** Returns the databases that have a setting, {@code main}, the default one and the catalog. */
  SortedSet<String> names() {
    return names;
  }

  /** Tells whether a name that no setting has is a database as well, on a server. */
  boolean anyName() {
    return settings.has(FAMILY + "*.url") && settings.text(FAMILY + "*.url").contains(PLACE);
  }

  /** Returns the roles that have a setting, and the host's, by name. */
  Map<String, RoleEntry> roles() {
    return roles;
  }

  /** Returns what a name stands for, whether there is such a database or not. */
  DatabaseTarget database(String name) {
    boolean catalog = name.equals(CATALOG);
    String url =
        catalog
            ? ""
            : text(name, "url").replace(PLACE, URLEncoder.encode(name, StandardCharsets.UTF_8));
    String user = catalog ? "" : text(name, "user");
    return new DatabaseTarget(
        name,
        url,
        catalog ? "" : text(name, "driver"),
        user.isEmpty() || url.isEmpty() ? HOST_ROLE : user,
        catalog ? "" : text(name, "password_file"),
        setting(name, "allow_connections").map(settings::bool).orElse(true),
        setting(name, "connect").map(settings::list).orElse(List.of()),
        setting(name, "connect_timeout").map(settings::duration).orElse(Duration.ofSeconds(10)),
        setting(name, "pool_size").map(settings::integer).orElse(10));
  }

  /**
   * Returns the database of a server from which others are made and removed, which is PostgreSQL's
   * {@code postgres}, as the settings of the given one reach it.
   *
   * @throws IllegalArgumentException when its URL does not say where another name would stand
   */
  DatabaseTarget maintenance(String name) {
    return maintenance(name, "postgres");
  }

  /** Returns another database of the same server. */
  DatabaseTarget maintenance(String name, String other) {
    DatabaseTarget target = database(name);
    if (!text(name, "url").contains(PLACE)) {
      throw new IllegalArgumentException(
          String.join(
              "\n",
              "database \"%s\": its server's other databases are not known".formatted(name),
              "its URL is \"%s\"".formatted(target.url()),
              "Write {database} in place of its name."));
    }
    return new DatabaseTarget(
        other,
        text(name, "url").replace(PLACE, other),
        target.driver(),
        target.user(),
        target.passwordFile(),
        true,
        List.of(),
        target.connectTimeout(),
        1);
  }

  /** Tells whether commits of an embedded database wait until its file has them. */
  boolean synchronousCommit(String name) {
    return name.equals(CATALOG)
        || setting(name, "synchronous_commit").map(settings::bool).orElse(false);
  }

  private String text(String database, String property) {
    return setting(database, property).map(settings::text).orElse("");
  }

  /** Returns the name of the setting that holds for a database. */
  private Optional<String> setting(String database, String property) {
    String own = FAMILY + database + "." + property;
    if (settings.has(own) && !settings.text(own).isEmpty()) {
      return Optional.of(own);
    }
    String every = FAMILY + "*." + property;
    return settings.has(every) && !database.equals(CATALOG) ? Optional.of(every) : Optional.empty();
  }
}
