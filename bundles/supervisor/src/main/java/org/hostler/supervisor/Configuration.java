// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hostler.worker.SettingSource;
import org.hostler.worker.SettingsRefused;

/**
 * What the files and the command line say, and nothing else: for each name the assignment that
 * wins, by {@code -c} over {@code hostler.auto.conf} over {@code hostler.conf}, and the last line
 * within one of them. Immutable; values are checked by {@link #resolve}.
 */
final class Configuration {
  /** The file people write, in the instance. */
  static final String FILE = "conf/hostler.conf";

  /** The file that {@code bgw:set} writes, in the instance. */
  static final String AUTOMATIC_FILE = "conf/hostler.auto.conf";

  /** Says nothing. */
  static final Configuration BLANK = new Configuration(List.of(), List.of(), List.of());

  private final List<Assignment> file;
  private final List<Assignment> arguments;
  private final TreeMap<String, Assignment> winners = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private Configuration(
      List<Assignment> file, List<Assignment> automatic, List<Assignment> arguments) {
    this.file = file;
    this.arguments = arguments;
    for (List<Assignment> layer : List.of(file, automatic, arguments)) {
      for (Assignment assignment : layer) {
        winners.put(assignment.name(), assignment);
      }
    }
  }

  /** Returns this with another content of the automatic file. */
  Configuration withAutomatic(List<Assignment> automatic) {
    return new Configuration(file, automatic, arguments);
  }

  /**
   * Reads both files.
   *
   * @param base the instance
   * @param arguments what {@code -c} gave
   * @param problems gets every line that cannot be read; what can be is returned nevertheless
   */
  static Configuration read(
      Path base, Map<String, String> arguments, List<ConfigurationProblem> problems) {
    ConfigurationReader file =
        new ConfigurationReader(base, SettingSource.CONFIGURATION_FILE).read(base.resolve(FILE));
    ConfigurationReader automatic =
        new ConfigurationReader(base, SettingSource.AUTOMATIC_FILE)
            .readIfExists(base.resolve(AUTOMATIC_FILE));
    problems.addAll(file.problems());
    problems.addAll(automatic.problems());
    List<Assignment> commandLine = new ArrayList<>();
    for (Map.Entry<String, String> argument : arguments.entrySet()) {
      commandLine.add(
          new Assignment(
              argument.getKey(),
              argument.getValue(),
              SettingSource.COMMAND_LINE,
              Place.COMMAND_LINE));
    }
    return new Configuration(file.assignments(), automatic.assignments(), commandLine);
  }

  /** Returns the assignment of a name that wins. */
  Optional<Assignment> of(String name) {
    return Optional.ofNullable(winners.get(name));
  }

  /** Returns where the value of a name is written, for errors; the file when it is a default. */
  Place where(String name) {
    return of(name).map(Assignment::where).orElse(new Place(FILE, 0));
  }

  /** Returns one sentence for each name that is dropped because its prefix is reserved (G9). */
  List<String> warnings(SettingCatalog catalog) {
    List<String> warnings = new ArrayList<>();
    for (Assignment assignment : winners.values()) {
      String name = assignment.name();
      if (catalog.find(name).isEmpty() && catalog.reserved(name)) {
        warnings.add(
            new ConfigurationProblem(
                    assignment.where(),
                    "setting \"%s\": unknown, dropped".formatted(name),
                    catalog.unknown(name).detail(),
                    catalog.unknown(name).hint())
                .toString());
      }
    }
    return warnings;
  }

  /**
   * Gives every setting its value.
   *
   * @param catalog which settings there are
   * @param problems gets what is wrong; the setting then has its default
   * @return all known settings, the members of families that are named, and placeholders
   */
  TreeMap<String, Setting> resolve(SettingCatalog catalog, List<ConfigurationProblem> problems) {
    TreeMap<String, Setting> settings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (KnownSetting known : catalog.all()) {
      settings.put(known.definition().name(), Setting.byDefault(known));
    }
    for (Assignment assignment : winners.values()) {
      try {
        Optional<Setting> setting = resolve(catalog, assignment);
        if (setting.isPresent()) {
          settings.put(setting.get().name(), setting.get());
        }
      } catch (SettingsRefused e) {
        problems.add(ConfigurationProblem.at(assignment.where(), e));
      }
    }
    return settings;
  }

  private static Optional<Setting> resolve(SettingCatalog catalog, Assignment assignment) {
    String name = assignment.name();
    Optional<KnownSetting> known = catalog.find(name);
    if (known.isPresent()) {
      return Optional.of(Setting.assigned(known.get(), assignment));
    }
    if (catalog.placeholder(name)) {
      return Optional.of(Setting.placeholder(assignment));
    }
    if (catalog.reserved(name)) {
      return Optional.empty();
    }
    throw catalog.unknown(name);
  }
}
