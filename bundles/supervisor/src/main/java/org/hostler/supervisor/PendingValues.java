// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.hostler.worker.SettingStat;
import org.jspecify.annotations.Nullable;

/** Compares the values in force with those that wait for a reload or a restart. */
final class PendingValues {
  private PendingValues() {}

  /** Returns the names of settings of which a restart would change the value. */
  static List<String> restart(
      SettingCatalog catalog, Configuration applied, Map<String, Setting> inForce) {
    Map<String, Setting> resolved = applied.resolve(catalog, new ArrayList<>());
    List<String> names = new ArrayList<>();
    for (Setting setting : inForce.values()) {
      Setting applies = resolved.get(setting.name());
      if (applies != null && setting.needsRestart() && !applies.sameValue(setting)) {
        names.add(setting.name());
      }
    }
    return names;
  }

  /** Returns a row for every setting that is in force or waits to be. */
  static List<SettingStat> stats(
      SettingCatalog catalog,
      Configuration written,
      Configuration applied,
      SortedMap<String, Setting> inForce) {
    // a value that does not fit was refused when it was set, or its default is used: no problem
    // here
    SortedMap<String, Setting> waiting = written.resolve(catalog, new ArrayList<>());
    List<String> restart = restart(catalog, applied, inForce);
    TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(inForce.keySet());
    names.addAll(waiting.keySet());
    List<SettingStat> stats = new ArrayList<>();
    for (String name : names) {
      Setting later = waiting.get(name);
      Setting now = inForce.get(name);
      if (now != null) {
        stats.add(now.stat(pending(now, later), restart.contains(now.name())));
      } else if (later != null) {
        stats.add(absent(later).stat(Optional.of(later.text()), false));
      }
    }
    return stats;
  }

  private static Setting absent(Setting later) {
    return Setting.absent(later.definition(), later.placeholder());
  }

  private static Optional<String> pending(Setting now, @Nullable Setting later) {
    String next = later == null ? now.definition().defaultValue() : later.text();
    return next.equals(now.text()) ? Optional.empty() : Optional.of(next);
  }
}
