// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of settings as text and back.
 *
 * <p>A value is one of {@link String} (text, enumeration), {@link Boolean}, {@link Integer}, {@link
 * Double}, {@link Duration}, {@link Long} (bytes), {@link List} of strings. The text is what stands
 * between single quotes in {@code conf/hostler.conf}; what {@link #format} writes, {@link #check}
 * reads back as the same value.
 */
final class SettingText {
  private static final List<String> DURATION_UNITS = List.of("us", "ms", "s", "min", "h", "d");
  private static final List<String> SIZE_UNITS = List.of("B", "kB", "MB", "GB", "TB");
  private static final Pattern INTEGER = Pattern.compile("([+-]?)(?:0[xX]([0-9a-fA-F]+)|([0-9]+))");
  private static final Pattern ZERO = Pattern.compile("0+(?:\\.0+)?");
  private static final Pattern MEASURE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(\\S*)");
  private static final List<String> TRUE = List.of("on", "true", "yes", "1");
  private static final List<String> FALSE = List.of("off", "false", "no", "0");
  private static final Map<Class<?>, String> WORDS =
      Map.of(
          String.class, "text",
          Boolean.class, "bool",
          Integer.class, "integer",
          Double.class, "decimal",
          Duration.class, "duration",
          Long.class, "size");

  private SettingText() {}

  /** Returns what people call a class of values. */
  static String word(Class<?> type) {
    return WORDS.getOrDefault(type, "list");
  }

  /** Returns a value that nobody can change, or throws when it is of no legal class. */
  static Object immutable(String name, Object value) {
    if (value instanceof List<?> list && holdsTexts(list)) {
      return List.copyOf(list);
    }
    if (WORDS.containsKey(value.getClass())) {
      return value;
    }
    throw new IllegalArgumentException(
        "setting \"%s\": %s is no class of a value".formatted(name, value.getClass().getName()));
  }

  private static boolean holdsTexts(List<?> list) {
    for (Object entry : list) {
      if (!(entry instanceof String)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether values of this type can have a range. */
  static boolean ordered(SettingType type) {
    return switch (type) {
      case INTEGER, DECIMAL, DURATION, SIZE -> true;
      case TEXT, BOOL, LIST, ENUMERATION -> false;
    };
  }

  /** Returns the units that a value of this type may have, smallest first. */
  static List<String> units(SettingType type) {
    return switch (type) {
      case DURATION -> DURATION_UNITS;
      case SIZE -> SIZE_UNITS;
      default -> List.of();
    };
  }

  /** Writes a value. */
  static String format(Object value) {
    if (value instanceof Boolean on) {
      return on ? "on" : "off";
    }
    if (value instanceof Double number) {
      return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }
    if (value instanceof Duration duration) {
      return DurationText.format(duration);
    }
    if (value instanceof Long bytes) {
      return size(bytes);
    }
    if (value instanceof List<?> entries) {
      List<String> texts = new ArrayList<>();
      for (Object entry : entries) {
        texts.add(quoted((String) entry));
      }
      return String.join(", ", texts);
    }
    return value.toString();
  }

  private static String size(long bytes) {
    int unit = 0;
    long number = bytes;
    while (number != 0 && number % 1024 == 0 && unit < SIZE_UNITS.size() - 1) {
      number /= 1024;
      unit++;
    }
    return number == 0 ? "0" : number + SIZE_UNITS.get(unit);
  }

  private static String quoted(String entry) {
    boolean plain =
        !entry.isEmpty() && entry.strip().equals(entry) && !entry.contains(",") && !quote(entry);
    return plain ? entry : '"' + entry.replace("\"", "\"\"") + '"';
  }

  private static boolean quote(String entry) {
    return entry.indexOf('"') >= 0;
  }

  /** Reads a value and checks it against everything that its definition says. */
  static Object check(
      String name,
      SettingType type,
      String unit,
      SettingRange range,
      List<String> choices,
      String text) {
    Object value = parse(name, type, unit, choices, text);
    if (compare(value, name, type, range.least()) < 0
        || compare(value, name, type, range.most()) > 0) {
      throw outside(name, text.strip(), range);
    }
    return value;
  }

  private static Object parse(
      String name, SettingType type, String unit, List<String> choices, String text) {
    return switch (type) {
      case TEXT -> text;
      case BOOL -> bool(name, text.strip());
      case INTEGER -> integer(name, text.strip());
      case DECIMAL -> decimal(name, text.strip());
      case DURATION, SIZE -> measure(name, type, unit, text.strip());
      case LIST -> entries(name, text, choices);
      case ENUMERATION -> choice(name, text.strip(), choices);
    };
  }

  @SuppressWarnings("unchecked") // a value and its limit are of the same type
  private static int compare(Object value, String name, SettingType type, String limit) {
    return limit.isEmpty()
        ? 0
        : ((Comparable<Object>) value).compareTo(parse(name, type, "", List.of(), limit));
  }

  private static SettingsRefused outside(String name, String text, SettingRange range) {
    return new SettingsRefused(
        "setting \"%s\": %s is outside its range".formatted(name, text),
        "The range is %s.".formatted(range),
        "");
  }

  private static Boolean bool(String name, String text) {
    String word = text.toLowerCase(Locale.ROOT);
    List<String> matches = new ArrayList<>();
    for (String candidate : List.of("on", "true", "yes", "1", "off", "false", "no", "0")) {
      if (!word.isEmpty() && candidate.startsWith(word)) {
        matches.add(candidate);
      }
    }
    boolean yes = !matches.isEmpty() && TRUE.containsAll(matches);
    if (yes || (!matches.isEmpty() && FALSE.containsAll(matches))) {
      return yes;
    }
    throw none(name, text, "bool", "Write on or off.");
  }

  private static Integer integer(String name, String text) {
    Matcher matcher = INTEGER.matcher(text);
    if (!matcher.matches()) {
      throw none(name, text, "integer", "Write a whole number without a unit.");
    }
    String hex = matcher.group(2);
    try {
      return hex == null
          ? Integer.parseInt(matcher.group(1) + matcher.group(3))
          : Integer.parseInt(matcher.group(1) + hex, 16);
    } catch (NumberFormatException e) {
      throw outside(
          name, text, new SettingRange(format(Integer.MIN_VALUE), format(Integer.MAX_VALUE)));
    }
  }

  private static Double decimal(String name, String text) {
    try {
      return new BigDecimal(text).doubleValue();
    } catch (NumberFormatException e) {
      throw none(name, text, "decimal", "Write a number without a unit.");
    }
  }

  private static Object measure(String name, SettingType type, String unit, String text) {
    String units = "Valid units are " + String.join(", ", units(type)) + ".";
    Matcher matcher = MEASURE.matcher(text);
    if (!matcher.matches()) {
      throw none(name, text, type.toString(), "Write a number and a unit. " + units);
    }
    String number = matcher.group(1);
    boolean zero = ZERO.matcher(number).matches();
    String written = matcher.group(2);
    String counted = written.isEmpty() && !zero ? unit : written;
    if (counted.isEmpty() && !zero) {
      throw none(name, text, type.toString(), "It has no unit. " + units);
    }
    if (!counted.isEmpty() && !units(type).contains(counted)) {
      throw none(name, text, type.toString(), "Unknown unit \"" + counted + "\". " + units);
    }
    try {
      return type == SettingType.DURATION
          ? DurationText.parse(number + counted)
          : bytes(number, counted);
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new SettingsRefused("setting \"%s\": %s is too large".formatted(name, text), "", "");
    }
  }

  private static Long bytes(String number, String unit) {
    long factor = 1L << 10 * Math.max(0, SIZE_UNITS.indexOf(unit));
    return number.indexOf('.') < 0
        ? Math.multiplyExact(Long.parseLong(number), factor) // see DurationText
        : new BigDecimal(number)
            .multiply(BigDecimal.valueOf(factor))
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact();
  }

  private static String choice(String name, String text, List<String> choices) {
    for (String choice : choices) {
      if (choice.equalsIgnoreCase(text)) {
        return choice;
      }
    }
    throw new SettingsRefused(
        "setting \"%s\": \"%s\" is none of its values".formatted(name, text),
        "",
        "Available values: " + String.join(", ", choices) + ".");
  }

  private static List<String> entries(String name, String text, List<String> choices) {
    List<String> entries;
    try {
      entries = ListText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new SettingsRefused(
          "setting \"%s\": list syntax is wrong".formatted(name),
          "%s: %s".formatted(e.getMessage(), text),
          "Separate entries by commas; put one that holds a comma between double quotes.");
    }
    if (choices.isEmpty()) {
      return entries;
    }
    List<String> chosen = new ArrayList<>();
    for (String entry : entries) {
      chosen.add(choice(name, entry, choices));
    }
    return List.copyOf(chosen);
  }

  private static SettingsRefused none(String name, String text, String type, String hint) {
    String article = "integer".equals(type) ? "an" : "a";
    return new SettingsRefused(
        "setting \"%s\": \"%s\" is not %s %s".formatted(name, text, article, type), "", hint);
  }
}
