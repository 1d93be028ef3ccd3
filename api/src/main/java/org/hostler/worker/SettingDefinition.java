// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A setting as its owner describes it: name, type, default, limits, and when a change takes effect;
 * immutable.
 *
 * <p>One is made by the factory of its type and refined by the methods that return another one:
 *
 * <pre>{@code
 * settings.define(
 *     SettingDefinition.duration("heartbeat.interval", Duration.ofSeconds(10))
 *         .range(Duration.ofMillis(1), Duration.ofDays(1))
 *         .unit("s")
 *         .description("Time between two beats."));
 * }</pre>
 *
 * <p>A change is {@link SettingChange#RELOAD} unless said otherwise. A definition whose own default
 * does not fit cannot be built.
 *
 * @param name letters, digits and {@code _ - $}, in parts separated by dots; an extension's has at
 *     least one dot
 * @param type what the value is
 * @param defaultValue the value when nothing sets it, as it is written in {@code conf/hostler.conf}
 *     but without the single quotes
 * @param range the limits of a number, duration or size; {@link SettingRange#ANY} for the others
 * @param unit the unit of a bare number, of a duration or size only; an empty string: a bare number
 *     other than 0 is refused
 * @param choices the legal values of an enumeration; of a list: of its entries, none for any
 * @param change when a change takes effect
 * @param description what it does, in a sentence
 */
public record SettingDefinition(
    String name,
    SettingType type,
    String defaultValue,
    SettingRange range,
    String unit,
    List<String> choices,
    SettingChange change,
    String description) {

  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z_][A-Za-z0-9_$-]*(\\.[A-Za-z0-9_$-]+)*|(?i:database)\\.\\*\\.[A-Za-z_]+");

  /**
   * Checks everything, the default included.
   *
   * @throws IllegalArgumentException when the name is none, the unit is none of the type's, limits
   *     or choices do not go with the type, or the default does not fit
   */
  public SettingDefinition {
    choices = List.copyOf(choices);
    if (!NAME.matcher(name).matches()) {
      throw illegal(name, "is no legal name");
    }
    if (range.limited() && !SettingText.ordered(type)) {
      throw illegal(name, "a %s has no range".formatted(type));
    }
    if (!unit.isEmpty() && !SettingText.units(type).contains(unit)) {
      throw illegal(name, "unit \"" + unit + "\" is none of " + SettingText.units(type));
    }
    boolean chosen = type == SettingType.ENUMERATION;
    if (chosen && choices.isEmpty()) {
      throw illegal(name, "an enumeration needs choices");
    }
    if (!chosen && type != SettingType.LIST && !choices.isEmpty()) {
      throw illegal(name, "only an enumeration or a list has choices");
    }
    try {
      SettingText.check(name, type, unit, range, choices, defaultValue);
    } catch (SettingsRefused e) {
      throw new IllegalArgumentException("default of " + e.getMessage() + "; " + e.detail(), e);
    }
  }

  private static IllegalArgumentException illegal(String name, String problem) {
    return new IllegalArgumentException("setting \"%s\": %s".formatted(name, problem));
  }

  /**
   * Describes a text.
   *
   * @param name its name
   * @param defaultValue its default
   */
  public static SettingDefinition text(String name, String defaultValue) {
    return plain(name, SettingType.TEXT, defaultValue, List.of());
  }

  /**
   * Describes a switch.
   *
   * @param name its name
   * @param defaultValue its default
   */
  public static SettingDefinition bool(String name, boolean defaultValue) {
    return plain(name, SettingType.BOOL, SettingText.format(defaultValue), List.of());
  }

  /**
   * Describes a whole number.
   *
   * @param name its name
   * @param defaultValue its default
   */
  public static SettingDefinition integer(String name, int defaultValue) {
    return plain(name, SettingType.INTEGER, SettingText.format(defaultValue), List.of());
  }

  /**
   * Describes a number with a fraction.
   *
   * @param name its name
   * @param defaultValue its default
   */
  public static SettingDefinition decimal(String name, double defaultValue) {
    return plain(name, SettingType.DECIMAL, SettingText.format(defaultValue), List.of());
  }

  /**
   * Describes a duration.
   *
   * @param name its name
   * @param defaultValue its default
   */
  public static SettingDefinition duration(String name, Duration defaultValue) {
    return plain(name, SettingType.DURATION, SettingText.format(defaultValue), List.of());
  }

  /**
   * Describes an amount of memory or disk.
   *
   * @param name its name
   * @param defaultBytes its default in bytes
   */
  public static SettingDefinition size(String name, long defaultBytes) {
    return plain(name, SettingType.SIZE, SettingText.format(defaultBytes), List.of());
  }

  /**
   * Describes a list.
   *
   * @param name its name
   * @param defaultValue its default
   * @param choices the legal entries; none for any
   */
  public static SettingDefinition list(String name, List<String> defaultValue, String... choices) {
    return plain(name, SettingType.LIST, SettingText.format(defaultValue), List.of(choices));
  }

  /**
   * Describes a choice.
   *
   * @param name its name
   * @param defaultValue its default, one of the choices
   * @param choices the legal values
   */
  public static SettingDefinition enumeration(String name, String defaultValue, String... choices) {
    return plain(name, SettingType.ENUMERATION, defaultValue, List.of(choices));
  }

  private static SettingDefinition plain(
      String name, SettingType type, String defaultValue, List<String> choices) {
    return new SettingDefinition(
        name, type, defaultValue, SettingRange.ANY, "", choices, SettingChange.RELOAD, "");
  }

  /**
   * Returns this with the limits of a whole number, or of a size in bytes, both inclusive.
   *
   * @param least the smallest legal value
   * @param most the largest legal value
   * @throws IllegalArgumentException when this is of another type or the default is outside
   */
  public SettingDefinition range(long least, long most) {
    return type == SettingType.SIZE
        ? between(SettingText.format(least), SettingText.format(most))
        : between(Long.toString(least), Long.toString(most));
  }

  /**
   * Returns this with the limits of a number with a fraction, both inclusive.
   *
   * @param least the smallest legal value
   * @param most the largest legal value
   * @throws IllegalArgumentException when this is of another type or the default is outside
   */
  public SettingDefinition range(double least, double most) {
    return between(SettingText.format(least), SettingText.format(most));
  }

  /**
   * Returns this with the limits of a duration, both inclusive.
   *
   * @param least the smallest legal value
   * @param most the largest legal value
   * @throws IllegalArgumentException when this is of another type or the default is outside
   */
  public SettingDefinition range(Duration least, Duration most) {
    return between(SettingText.format(least), SettingText.format(most));
  }

  private SettingDefinition between(String least, String most) {
    return new SettingDefinition(
        name,
        type,
        defaultValue,
        new SettingRange(least, most),
        unit,
        choices,
        change,
        description);
  }

  /**
   * Returns this with a unit for bare numbers.
   *
   * @param newUnit one of {@code us ms s min h d} for a duration, of {@code B kB MB GB TB} for a
   *     size
   * @throws IllegalArgumentException when it is no unit of this type
   */
  public SettingDefinition unit(String newUnit) {
    return new SettingDefinition(
        name, type, defaultValue, range, newUnit, choices, change, description);
  }

  /**
   * Returns this with another moment at which a change takes effect.
   *
   * @param newChange the moment
   */
  public SettingDefinition change(SettingChange newChange) {
    return new SettingDefinition(
        name, type, defaultValue, range, unit, choices, newChange, description);
  }

  /**
   * Returns this with a description.
   *
   * @param newDescription what the setting does, in a sentence
   */
  public SettingDefinition description(String newDescription) {
    return new SettingDefinition(
        name, type, defaultValue, range, unit, choices, change, newDescription);
  }

  /**
   * Reads a value of this setting and checks it.
   *
   * @param text the value as it stands between single quotes in {@code conf/hostler.conf}
   * @return a value as {@link SettingsSnapshot#of} takes it
   * @throws SettingsRefused when it does not fit; the hint says what would
   */
  public Object parse(String text) {
    return SettingText.check(name, type, unit, range, choices, text);
  }
}
