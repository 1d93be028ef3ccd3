// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hostler.worker.SettingDefinition;
import org.hostler.worker.SettingsRefused;

/**
 * The host's settings of which there is one for each library, logger, database or role.
 *
 * <p>A member exists once the configuration names it. {@code database} and {@code role} have
 * several for each name, told apart by what follows the last dot.
 *
 * @param prefix the first part of the name
 * @param middle what the middle part names, for people
 * @param property what follows the last dot, or an empty string when the middle is the rest
 */
record SettingFamily(String prefix, String middle, String property) {
  /** A parameter, or what some drivers take before the host. */
  private static final Pattern SECRET =
      Pattern.compile("(?i)password\\s*=|//[^/@?]*:[^/@?]*@|:[^:/@?]+/[^/@?]+@");

  private static final List<SettingFamily> ALL =
      List.of(
          new SettingFamily("worker_limits", "library", ""),
          new SettingFamily("worker_isolation", "library", ""),
          new SettingFamily("log_level", "logger", ""),
          new SettingFamily("database", "name", "url"),
          new SettingFamily("database", "name", "driver"),
          new SettingFamily("database", "name", "user"),
          new SettingFamily("database", "name", "password_file"),
          new SettingFamily("database", "name", "allow_connections"),
          new SettingFamily("database", "name", "connect"),
          new SettingFamily("database", "name", "connect_timeout"),
          new SettingFamily("database", "name", "pool_size"),
          new SettingFamily("database", "name", "synchronous_commit"),
          new SettingFamily("role", "name", "login"),
          new SettingFamily("role", "name", "password_file"));

  static String[] levels() {
    return new String[] {"error", "warn", "info", "debug", "trace", "off"};
  }

  /** Returns the member with the given full name. */
  private KnownSetting known(String name) {
    return switch (prefix) {
      case "worker_limits" ->
          new KnownSetting(
              text(name, "RESERVE:CAP: slots kept for this library, and its most."),
              value -> WorkerLimits.parse(name, (String) value));
      case "worker_isolation" ->
          KnownSetting.of(
              SettingDefinition.enumeration(name, "thread", "thread", "process")
                  .description("What this library's workers run in; process always wins."));
      case "log_level" ->
          KnownSetting.of(
              SettingDefinition.enumeration(name, "info", levels())
                  .description("What is logged of this logger and those below it."));
      case "database" -> ofDatabase(name);
      case "role" -> KnownSetting.of(ofRole(name));
      default -> throw new IllegalStateException("no family " + prefix);
    };
  }

  private KnownSetting ofDatabase(String name) {
    return switch (property) {
      case "url" ->
          new KnownSetting(
              text(name, "JDBC address of this database."),
              value -> checkUrl(name, (String) value));
      case "driver" ->
          KnownSetting.of(text(name, "Class name of the JDBC driver of this database."));
      case "user" -> KnownSetting.of(text(name, "Whom the host connects to this database as."));
      case "password_file" -> KnownSetting.of(text(name, "File with the password of that user."));
      case "allow_connections" ->
          KnownSetting.of(
              SettingDefinition.bool(name, true)
                  .description("Whether workers may connect to this database."));
      case "connect" ->
          KnownSetting.of(
              SettingDefinition.list(name, List.of())
                  .description("Roles that may connect to this database; empty for all."));
      case "connect_timeout" ->
          KnownSetting.of(
              SettingDefinition.duration(name, ofSeconds(10))
                  .range(ofMillis(1), ofMinutes(60))
                  .unit("s")
                  .description("Longest time that connecting to this database may take."));
      case "pool_size" ->
          KnownSetting.of(
              SettingDefinition.integer(name, 10)
                  .range(1, 1_000)
                  .description(
                      "Most connections a worker has to this database as an ordinary client."));
      case "synchronous_commit" ->
          KnownSetting.of(
              SettingDefinition.bool(name, false)
                  .description("Whether a commit waits until an embedded database's file has it."));
      default -> throw new IllegalStateException("no property " + property);
    };
  }

  private SettingDefinition ofRole(String name) {
    return property.equals("login")
        ? SettingDefinition.bool(name, true).description("Whether this role may connect.")
        : text(name, "File with the password of this role.");
  }

  private static SettingDefinition text(String name, String description) {
    return SettingDefinition.text(name, "").description(description);
  }

  private static void checkUrl(String name, String url) {
    if (SECRET.matcher(url).find()) { // and so the value is not part of the message
      throw new SettingsRefused(
          "setting \"%s\": holds a password".formatted(name),
          "Settings are shown to everyone who may look at them.",
          "Put the password into a file and name it in \"%s\"."
              .formatted(name.replaceFirst("\\.[^.]*$", ".password_file")));
    }
  }

  /** Tells whether the first part of a name belongs to the host. */
  static boolean ownsPrefixOf(String name) {
    String first = first(name);
    for (SettingFamily family : ALL) {
      if (family.prefix.equals(first)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the member with that name, if it has the form of one. */
  static Optional<KnownSetting> member(String name) {
    String rest = name.substring(name.indexOf('.') + 1);
    for (SettingFamily family : ALL) {
      if (!family.prefix.equals(first(name))) {
        continue;
      }
      if (family.property.isEmpty()) {
        return Optional.of(family.known(family.prefix + "." + rest));
      }
      String end = "." + family.property;
      int middle = rest.length() - end.length();
      if (middle > 0 && rest.regionMatches(true, middle, end, 0, end.length())) {
        return Optional.of(family.known(family.prefix + "." + rest.substring(0, middle) + end));
      }
    }
    return Optional.empty();
  }

  /** Returns what a member may be called whose name begins as the given one does. */
  static String forms(String name) {
    return ALL.stream()
        .filter(family -> family.prefix.equals(first(name)))
        .map(family -> family.named("<" + family.middle + ">"))
        .collect(Collectors.joining(", "));
  }

  /** Returns the names of the same library, logger, database or role that the given one names. */
  static List<String> near(String name) {
    int start = name.indexOf('.') + 1;
    int end = name.lastIndexOf('.');
    return ALL.stream()
        .filter(family -> family.property.isEmpty() || start < end)
        .map(
            family ->
                family.named(
                    name.substring(start, family.property.isEmpty() ? name.length() : end)))
        .toList();
  }

  private String named(String name) {
    return prefix + "." + name + (property.isEmpty() ? "" : "." + property);
  }

  private static String first(String name) {
    int dot = name.indexOf('.');
    return (dot < 0 ? name : name.substring(0, dot)).toLowerCase(Locale.ROOT);
  }
}
