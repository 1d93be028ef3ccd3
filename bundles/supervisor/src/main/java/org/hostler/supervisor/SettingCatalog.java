// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.hostler.worker.SettingDefinition;
import org.hostler.worker.SettingsRefused;

/**
 * Which settings there are: the host's, its families, and what extensions have defined; immutable.
 *
 * <p>A name is one of four: known; a placeholder, whose first part nobody has claimed yet;
 * reserved, which is unknown under a first part that an extension has claimed (contract G9); or
 * unknown.
 */
final class SettingCatalog {
  private static final Pattern CUSTOM =
      Pattern.compile(
          "[A-Za-z_][A-Za-z0-9_$-]*(\\.[A-Za-z0-9_$-]+)+|(?i:database)\\.\\*\\.[A-Za-z_]+");

  private final TreeMap<String, KnownSetting> known;
  private final TreeSet<String> prefixes;

  private SettingCatalog(TreeMap<String, KnownSetting> known, TreeSet<String> prefixes) {
    this.known = known;
    this.prefixes = prefixes;
  }

  /** Returns the host's own settings. */
  static SettingCatalog ofHost() {
    TreeMap<String, KnownSetting> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (KnownSetting setting : HostlerSettings.all()) {
      known.put(setting.definition().name(), setting);
    }
    return new SettingCatalog(known, new TreeSet<>(String.CASE_INSENSITIVE_ORDER));
  }

  /** Returns this with an extension's setting, new or in place of the one of that name. */
  SettingCatalog with(SettingDefinition definition) {
    TreeMap<String, KnownSetting> more = new TreeMap<>(known);
    more.put(definition.name(), KnownSetting.of(definition));
    TreeSet<String> claimed = new TreeSet<>(prefixes);
    claimed.add(prefix(definition.name()));
    return new SettingCatalog(more, claimed);
  }

  /** Returns every setting that exists without being named by the configuration. */
  Collection<KnownSetting> all() {
    return known.values();
  }

  /** Returns the setting of a name, a family's member included. */
  Optional<KnownSetting> find(String name) {
    Optional<KnownSetting> found = Optional.ofNullable(known.get(name));
    return found.isPresent() || !custom(name) ? found : SettingFamily.member(name);
  }

  /** Tells whether a name that is not known may be kept until an extension defines it. */
  boolean placeholder(String name) {
    return custom(name) && !SettingFamily.ownsPrefixOf(name) && !prefixes.contains(prefix(name));
  }

  /** Tells whether a name that is not known stands under a prefix that an extension has claimed. */
  boolean reserved(String name) {
    return custom(name) && prefixes.contains(prefix(name));
  }

  /** Tells whether an extension may define a setting of that name. */
  static boolean mayBeDefined(String name) {
    return custom(name) && !SettingFamily.ownsPrefixOf(name);
  }

  /** Returns what to answer for a name that is not known. */
  SettingsRefused unknown(String name) {
    List<String> names = new ArrayList<>(known.keySet());
    names.addAll(ConfigurationReader.INCLUDES);
    names.addAll(SettingFamily.near(name));
    names.removeIf(name::equalsIgnoreCase); // "include" is known, but is no setting
    String forms = SettingFamily.forms(name);
    Optional<String> nearest =
        NearestName.of(name, names).filter(near -> forms.isEmpty() || custom(near));
    String detail =
        reserved(name)
            ? "\"%s\" belongs to an extension that defines no such setting.".formatted(prefix(name))
            : "";
    String hint = forms.isEmpty() ? "" : "Legal names: %s.".formatted(forms);
    return new SettingsRefused(
        "setting \"%s\": unknown".formatted(name),
        detail,
        nearest.map("Did you mean \"%s\"?"::formatted).orElse(hint));
  }

  private static boolean custom(String name) {
    return CUSTOM.matcher(name).matches();
  }

  private static String prefix(String name) {
    return name.substring(0, name.indexOf('.'));
  }
}
