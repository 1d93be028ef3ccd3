// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The value of every setting at one moment; immutable.
 *
 * <p>{@link Settings#current()} gives the newest one, {@link WorkerContext#settings()} the one that
 * the worker has adopted. Ask for a value by the method of its type; {@link #text} writes out a
 * value of any type. Names are compared without regard to case. Every method may be called from any
 * thread, and also after the host has stopped.
 */
public final class SettingsSnapshot {
  private final long version;
  private final Map<String, Object> values;

  private SettingsSnapshot(long version, Map<String, Object> values) {
    this.version = version;
    this.values = values;
  }

  /**
   * Makes a snapshot, which is the host's business and that of tests.
   *
   * @param version see {@link #version()}
   * @param values a value for each name: {@link String} for text, enumerations and placeholders,
   *     {@link Boolean}, {@link Integer}, {@link Double}, {@link Duration}, {@link Long} for a size
   *     in bytes, or a {@link List} of strings
   * @return the snapshot, which keeps a copy of the map
   * @throws IllegalArgumentException when a value is of another class
   */
  public static SettingsSnapshot of(long version, Map<String, ?> values) {
    Map<String, Object> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    values.forEach((name, value) -> copy.put(name, SettingText.immutable(name, value)));
    return new SettingsSnapshot(version, copy);
  }

  /** Returns a number that grows whenever a value changes or a setting is added. */
  public long version() {
    return version;
  }

  /**
   * Tells whether there is such a setting. Of the host's families, such as {@code
   * worker_limits.<library>}, only those that the configuration sets exist.
   *
   * @param name the setting
   */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * Returns the names of all settings that begin with a prefix, in alphabetical order.
   *
   * @param prefix the beginning of the names, for instance {@code worker_limits.}; an empty string
   *     for all
   */
  public SortedSet<String> names(String prefix) {
    SortedSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : values.keySet()) {
      if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
        names.add(name);
      }
    }
    return Collections.unmodifiableSortedSet(names);
  }

  /**
   * Returns a value of any type as it is written in {@code conf/hostler.conf}, without the single
   * quotes: of a text the text itself, of a duration for instance {@code 10s}.
   *
   * @param name the setting
   * @throws IllegalArgumentException when there is no such setting
   */
  public String text(String name) {
    return SettingText.format(value(name, Object.class));
  }

  /**
   * Returns the value of a {@link SettingType#BOOL} setting.
   *
   * @param name the setting
   * @throws IllegalArgumentException when there is no such setting or it is of another type
   */
  public boolean bool(String name) {
    return value(name, Boolean.class);
  }

  /**
   * Returns the value of an {@link SettingType#INTEGER} setting.
   *
   * @param name the setting
   * @throws IllegalArgumentException when there is no such setting or it is of another type
   */
  public int integer(String name) {
    return value(name, Integer.class);
  }

  /**
   * Returns the value of a {@link SettingType#DECIMAL} setting.
   *
   * @param name the setting
   * @throws IllegalArgumentException when there is no such setting or it is of another type
   */
  public double decimal(String name) {
    return value(name, Double.class);
  }

  /**
   * Returns the value of a {@link SettingType#DURATION} setting.
   *
   * @param name the setting
   * @throws IllegalArgumentException when there is no such setting or it is of another type
   */
  public Duration duration(String name) {
    return value(name, Duration.class);
  }

  /**
   * Returns the value of a {@link SettingType#SIZE} setting in bytes.
   *
   * @param name the setting
   * @throws IllegalArgumentException when there is no such setting or it is of another type
   */
  public long bytes(String name) {
    return value(name, Long.class);
  }

  /**
   * Returns the entries of a {@link SettingType#LIST} setting, unquoted and in their order.
   *
   * @param name the setting
   * @return an unmodifiable list, empty for an empty text
   * @throws IllegalArgumentException when there is no such setting or it is of another type
   */
  @SuppressWarnings("unchecked") // of() lets only lists of strings in
  public List<String> list(String name) {
    return (List<String>) value(name, List.class);
  }

  private <T> T value(String name, Class<T> type) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("setting \"%s\": unknown".formatted(name));
    }
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "setting \"%s\": its type is %s, not %s"
              .formatted(name, SettingText.word(value.getClass()), SettingText.word(type)));
    }
    return type.cast(value);
  }

  /** Two snapshots are equal when every value is; the version does not count. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SettingsSnapshot snapshot && values.equals(snapshot.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Returns the version and the number of settings; no values. */
  @Override
  public String toString() {
    return "settings version %d (%d values)".formatted(version, values.size());
  }
}
