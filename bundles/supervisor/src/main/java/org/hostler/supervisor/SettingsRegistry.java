// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hostler.worker.ReloadResult;
import org.hostler.worker.SettingChange;
import org.hostler.worker.SettingDefinition;
import org.hostler.worker.SettingStat;
import org.hostler.worker.Settings;
import org.hostler.worker.SettingsRefused;
import org.hostler.worker.SettingsSnapshot;

/**
 * The settings service: three configurations and the values in force.
 *
 * <p>What is <em>written</em> (the files, and what {@code bgw:set} has just put there), what was
 * <em>applied</em> (written, at the last start or reload), and what is <em>in force</em> (applied,
 * but for settings that wait for a restart). {@link #set} moves only the first, {@link #reload} the
 * others; a start moves all three.
 *
 * <p>All of it is one immutable {@link State} behind a volatile: readers take no lock. Whoever
 * makes another one holds {@code writer}, also while it reads and writes files and calls validators
 * and listeners, so that those see changes in their order; they must not block and not call back.
 */
final class SettingsRegistry implements Settings {
  private record State(
      SettingCatalog catalog,
      Configuration written,
      Configuration applied,
      SortedMap<String, Setting> inForce,
      SettingsSnapshot snapshot) {

    State withWritten(Configuration changed) {
      return new State(catalog, changed, applied, inForce, snapshot);
    }

    /** The same settings with other values, or other settings; the version grows with a change. */
    State with(SettingCatalog changedCatalog, SortedMap<String, Setting> changed) {
      Map<String, Object> values = new TreeMap<>();
      for (Setting setting : changed.values()) {
        values.put(setting.name(), setting.value());
      }
      SettingsSnapshot next = SettingsSnapshot.of(snapshot.version() + 1, values);
      return new State(
          changedCatalog, written, applied, changed, next.equals(snapshot) ? snapshot : next);
    }
  }

  private record Validator(
      String setting, Function<SettingsSnapshot, Optional<SettingsRefused>> check) {}

  private final Path base;
  private final Map<String, String> arguments;
  private final BooleanSupplier preloading;
  private final Consumer<String> warnings;
  private final AutomaticFile automaticFile;
  private final List<Validator> validators = new CopyOnWriteArrayList<>();
  private final List<Consumer<SettingsSnapshot>> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock writer = new ReentrantLock();
  private final Set<String> warned = new HashSet<>(); // guarded by writer
  private volatile State state;

  /**
   * Reads the configuration, which puts it into force.
   *
   * @param base the instance
   * @param arguments name and value of each {@code -c}
   * @param preloading whether the preload list is still being worked off
   * @param warnings told, in a sentence, what was dropped from the configuration; must not block
   * @throws SettingsRefused when anything is wrong with it
   */
  SettingsRegistry(
      Path base,
      Map<String, String> arguments,
      BooleanSupplier preloading,
      Consumer<String> warnings) {
    this.base = base;
    this.arguments = Map.copyOf(arguments);
    this.preloading = preloading;
    this.warnings = warnings;
    automaticFile = new AutomaticFile(base);
    validator(HostlerSettings.MAX_WORKER_PROCESSES, WorkerLimits::check);
    SettingCatalog catalog = SettingCatalog.ofHost();
    SettingsSnapshot nothing = SettingsSnapshot.of(0, Map.of());
    Configuration blank = Configuration.BLANK;
    state = adopt(new State(catalog, blank, blank, new TreeMap<>(), nothing));
  }

  /**
   * Lets a part of the host refuse a configuration before it is adopted.
   *
   * @param setting whose line the refusal is about
   * @param check given the values that are to be in force; a refusal, or nothing
   */
  void validator(String setting, Function<SettingsSnapshot, Optional<SettingsRefused>> check) {
    validators.add(new Validator(setting, check));
  }

  /** Has a listener called after every reload, with what is in force then, changed or not. */
  void onReload(Consumer<SettingsSnapshot> listener) {
    listeners.add(listener);
  }

  @Override
  public SettingsSnapshot current() {
    return state.snapshot;
  }

  @Override
  public void define(SettingDefinition definition) {
    writer.lock();
    try {
      State now = state;
      Optional<Setting> old = Optional.ofNullable(now.inForce.get(definition.name()));
      refuseDefinition(definition, old.filter(setting -> !setting.placeholder()));
      SortedMap<String, Setting> settings = new TreeMap<>(now.inForce);
      settings.put(definition.name(), defined(definition, old, now.applied));
      state = now.with(now.catalog.with(definition), settings);
    } finally {
      writer.unlock();
    }
  }

  private void refuseDefinition(SettingDefinition definition, Optional<Setting> old) {
    String subject = "setting \"%s\": ".formatted(definition.name());
    if (!SettingCatalog.mayBeDefined(definition.name())) {
      throw new SettingsRefused(
          subject + "is not an extension's name",
          "",
          "Begin it with the extension's own name and a dot.");
    }
    if (old.isPresent()) {
      SettingDefinition before = old.get().definition();
      if (before.type() != definition.type() || before.change() != definition.change()) {
        throw new SettingsRefused(
            subject + "has been defined differently",
            "It was %s, %s; it is to be %s, %s."
                .formatted(before.type(), before.change(), definition.type(), definition.change()),
            "Restart the host, or choose another name.");
      }
    } else if (definition.change() == SettingChange.RESTART && !preloading.getAsBoolean()) {
      throw new SettingsRefused(
          subject + "cannot be defined after start-up",
          "A change of it takes effect at a restart only.",
          "Name its bundle in shared_preload_libraries, or define it with change RELOAD.");
    }
  }

  private Setting defined(
      SettingDefinition definition, Optional<Setting> old, Configuration applied) {
    KnownSetting known = KnownSetting.of(definition);
    Optional<Setting> kept =
        old.filter(setting -> !setting.placeholder() && setting.needsRestart());
    try {
      if (kept.isPresent()) {
        return kept.get().redefined(known);
      }
      return applied
          .of(definition.name())
          .map(assignment -> Setting.assigned(known, assignment))
          .orElseGet(() -> Setting.byDefault(known));
    } catch (SettingsRefused e) {
      warn(ConfigurationProblem.at(applied.where(definition.name()), e) + "; its default is used");
      return Setting.byDefault(known);
    }
  }

  /**
   * Drops what stands under a reserved prefix and is no setting, with a warning (contract G9); to
   * be called when activators that define settings have returned.
   */
  void dropUnknown() {
    writer.lock();
    try {
      State now = state;
      SortedMap<String, Setting> settings = new TreeMap<>(now.inForce);
      if (settings.values().removeIf(s -> s.placeholder() && now.catalog.reserved(s.name()))) {
        state = now.with(now.catalog, settings);
        now.applied.warnings(now.catalog).forEach(this::warn);
      }
    } finally {
      writer.unlock();
    }
  }

  @Override
  public ReloadResult reload() {
    writer.lock();
    try {
      State before = state;
      State after = adopt(before);
      state = after;
      List<String> dropped = after.applied.warnings(after.catalog);
      dropped.forEach(this::warn);
      listeners.forEach(listener -> listener.accept(after.snapshot));
      Set<String> changed = new TreeSet<>(before.snapshot.names(""));
      changed.addAll(after.snapshot.names(""));
      changed.removeIf(name -> text(before.snapshot, name).equals(text(after.snapshot, name)));
      return new ReloadResult(
          after.snapshot.version(), List.copyOf(changed), pendingRestart(after), dropped);
    } finally {
      writer.unlock();
    }
  }

  private State adopt(State before) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    Configuration configuration = Configuration.read(base, arguments, problems);
    SortedMap<String, Setting> settings = configuration.resolve(before.catalog, problems);
    for (Map.Entry<String, Setting> entry : settings.entrySet()) {
      Setting old = before.inForce.get(entry.getKey());
      Setting setting = entry.getValue();
      if (old != null && setting.needsRestart() && !setting.sameValue(old)) {
        entry.setValue(old);
      }
    }
    State next =
        new State(before.catalog, configuration, configuration, before.inForce, before.snapshot)
            .with(before.catalog, settings);
    if (problems.isEmpty()) {
      for (Validator validator : validators) {
        Optional<SettingsRefused> refused = validator.check.apply(next.snapshot);
        if (refused.isPresent()) {
          Place where = configuration.where(validator.setting);
          problems.add(ConfigurationProblem.at(where, refused.get()));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw ConfigurationProblem.refusal(problems);
    }
    return next;
  }

  private static Optional<String> text(SettingsSnapshot snapshot, String name) {
    return snapshot.has(name) ? Optional.of(snapshot.text(name)) : Optional.empty();
  }

  private static List<String> pendingRestart(State state) {
    return PendingValues.restart(state.catalog, state.applied, state.inForce);
  }

  @Override
  public List<SettingStat> all() {
    State now = state;
    return PendingValues.stats(now.catalog, now.written, now.applied, now.inForce);
  }

  @Override
  public void set(String name, String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new SettingsRefused(
          "setting \"%s\": its value has more than one line".formatted(name), "", "");
    }
    write(name, Optional.of(value));
  }

  @Override
  public void reset(String name) {
    write(name, Optional.empty());
  }

  private void write(String name, Optional<String> value) {
    writer.lock();
    try {
      State now = state;
      Optional<KnownSetting> known = now.catalog.find(name);
      value.ifPresent(text -> known.ifPresent(setting -> setting.parse(text)));
      boolean removable = value.isEmpty() && now.written.of(name).isPresent();
      if (known.isEmpty() && !now.catalog.placeholder(name) && !removable) {
        throw now.catalog.unknown(name);
      }
      String written = known.map(setting -> setting.definition().name()).orElse(name);
      state = now.withWritten(now.written.withAutomatic(automaticFile.write(written, value)));
    } finally {
      writer.unlock();
    }
  }

  private void warn(String warning) {
    if (warned.add(warning)) {
      warnings.accept(warning);
    }
  }
}
