// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
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
 * @param definition the definition of the member with the given full name
 * @param check throws for a value that is wrong although it fits the definition
 */
record SettingFamily(
    String prefix,
    String middle,
    String property,
    Function<String, SettingDefinition> definition,
    Function<String, Consumer<Object>> check) {

  private static final Pattern SECRET = Pattern.compile("(?i)password\\s*=");
  private static final List<SettingFamily> ALL = families();

  static String[] levels() {
    return new String[] {"error", "warn", "info", "debug", "trace", "off"};
  }

  private static List<SettingFamily> families() {
    return List.of(
        new SettingFamily(
            "worker_limits",
            "library",
            "",
            name ->
                SettingDefinition.text(name, "")
                    .description("RESERVE:CAP: slots kept for this library, and its most."),
            name -> value -> WorkerLimits.parse(name, (String) value)),
        family(
            "worker_isolation",
            "library",
            "",
            name ->
                SettingDefinition.enumeration(name, "thread", "thread", "process")
                    .description("What this library's workers run in; process always wins.")),
        family(
            "log_level",
            "logger",
            "",
            name ->
                SettingDefinition.enumeration(name, "info", levels())
                    .description("What is logged of this logger and those below it.")),
        new SettingFamily(
            "database",
            "name",
            "url",
            name -> SettingDefinition.text(name, "").description("JDBC address of this database."),
            name -> value -> checkUrl(name, (String) value)),
        database("driver", text("Class name of the JDBC driver of this database.")),
        database("user", text("Whom the host connects to this database as.")),
        database("password_file", text("File with the password of that user.")),
        database(
            "allow_connections",
            name ->
                SettingDefinition.bool(name, true)
                    .description("Whether workers may connect to this database.")),
        database(
            "connect",
            name ->
                SettingDefinition.list(name, List.of())
                    .description("Roles that may connect to this database; empty for all.")),
        database(
            "connect_timeout",
            name ->
                SettingDefinition.duration(name, ofSeconds(10))
                    .range(ofMillis(1), ofMinutes(60))
                    .unit("s")
                    .description("Longest time that connecting to this database may take.")),
        family(
            "role",
            "name",
            "login",
            name ->
                SettingDefinition.bool(name, true).description("Whether this role may connect.")),
        family("role", "name", "password_file", text("File with the password of this role.")));
  }

  private static SettingFamily database(
      String property, Function<String, SettingDefinition> definition) {
    return family("database", "name", property, definition);
  }

  private static SettingFamily family(
      String prefix,
      String middle,
      String property,
      Function<String, SettingDefinition> definition) {
    return new SettingFamily(prefix, middle, property, definition, name -> value -> {});
  }

  private static Function<String, SettingDefinition> text(String description) {
    return name -> SettingDefinition.text(name, "").description(description);
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
    return ALL.stream().anyMatch(family -> family.prefix.equals(first));
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

  private KnownSetting known(String name) {
    return new KnownSetting(definition.apply(name), check.apply(name));
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
