// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A value handed to a worker, PostgreSQL's {@code Datum} (contract R28).
 *
 * <p>Values are immutable and copied, never shared, so that a worker sees the same in a thread and
 * in a child JVM. Text and bytes are at most {@value #MAX_BYTES} bytes long (text in UTF-8).
 */
public sealed interface Datum {

  /** The longest text or byte string, in bytes. */
  int MAX_BYTES = 65_536;

  /** No value. */
  record Null() implements Datum {
    @Override
    public String toString() {
      return "null";
    }
  }

  /**
   * A truth value.
   *
   * @param value the value
   */
  record Bool(boolean value) implements Datum {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /**
   * An integer.
   *
   * @param value the value
   */
  record Int(long value) implements Datum {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /**
   * A decimal number.
   *
   * @param value the value
   */
  record Decimal(double value) implements Datum {
    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /**
   * A text.
   *
   * @param value the value, at most {@value #MAX_BYTES} bytes in UTF-8
   */
  record Text(String value) implements Datum {
    /** Checks the length. */
    public Text {
      checkLength("text", value.getBytes(StandardCharsets.UTF_8).length);
    }

    /** Returns the text, prefixed when {@link Datum#parse} would read another type. */
    @Override
    public String toString() {
      boolean prefixed = value.startsWith("text:") || value.startsWith("bytes:");
      return parse0(value) instanceof Text && !prefixed ? value : "text:" + value;
    }
  }

  /** A byte string, at most {@value #MAX_BYTES} bytes. */
  final class Bytes implements Datum {
    private final byte[] value;

    private Bytes(byte[] value) {
      checkLength("bytes", value.length);
      this.value = value.clone();
    }

    /** Returns a copy of the bytes. */
    public byte[] value() {
      return value.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "bytes:" + HexFormat.of().formatHex(value);
    }
  }

  /** The value that is none. */
  Datum NULL = new Null();

  /** Returns the truth value. */
  static Datum of(boolean value) {
    return new Bool(value);
  }

  /** Returns the integer. */
  static Datum of(long value) {
    return new Int(value);
  }

  /** Returns the decimal number. */
  static Datum of(double value) {
    return new Decimal(value);
  }

  /**
   * Returns the text.
   *
   * @throws IllegalArgumentException when it is longer than {@value #MAX_BYTES} bytes in UTF-8
   */
  static Datum of(String value) {
    return new Text(value);
  }

  /**
   * Returns a copy of the bytes.
   *
   * @throws IllegalArgumentException when there are more than {@value #MAX_BYTES}
   */
  static Datum of(byte[] value) {
    return new Bytes(value);
  }

  /**
   * Reads a value as users type it: an integer, a decimal, {@code true} or {@code false}, else
   * text; {@code text:…} and {@code bytes:HEX} force a type.
   *
   * @param text what was typed
   * @return the value; never {@link #NULL}
   * @throws IllegalArgumentException when {@code bytes:} is not followed by pairs of hex digits, or
   *     when the value is too long
   */
  static Datum parse(String text) {
    if (text.startsWith("text:")) {
      return of(text.substring(5));
    }
    if (text.startsWith("bytes:")) {
      try {
        return of(HexFormat.of().parseHex(text.substring(6)));
      } catch (IllegalArgumentException e) {
        if (text.length() > 2 * MAX_BYTES + 6) {
          throw e;
        }
        throw new IllegalArgumentException(
            "argument \"%s\": expected pairs of hex digits after bytes:".formatted(text), e);
      }
    }
    return parse0(text);
  }

  /** Returns the integer. Throws {@link IllegalStateException} when the value is no integer. */
  default long asLong() {
    if (this instanceof Int number) {
      return number.value();
    }
    throw typeMismatch("an integer");
  }

  /** Returns the number. Throws {@link IllegalStateException} when the value is no number. */
  default double asDouble() {
    if (this instanceof Decimal number) {
      return number.value();
    }
    if (this instanceof Int number) {
      return number.value();
    }
    throw typeMismatch("a number");
  }

  /** Returns the truth value. Throws {@link IllegalStateException} when the value is none. */
  default boolean asBoolean() {
    if (this instanceof Bool bool) {
      return bool.value();
    }
    throw typeMismatch("a truth value");
  }

  /** Returns the text. Throws {@link IllegalStateException} when the value is no text. */
  default String asText() {
    if (this instanceof Text text) {
      return text.value();
    }
    throw typeMismatch("a text");
  }

  /** Returns a copy of the bytes. Throws {@link IllegalStateException} when the value is none. */
  default byte[] asBytes() {
    if (this instanceof Bytes bytes) {
      return bytes.value();
    }
    throw typeMismatch("a byte string");
  }

  private IllegalStateException typeMismatch(String expected) {
    return new IllegalStateException(
        "argument: expected %s, is %s"
            .formatted(expected, getClass().getSimpleName().toLowerCase(Locale.ROOT)));
  }

  private static Datum parse0(String text) {
    if (text.equals("true") || text.equals("false")) {
      return of(text.equals("true"));
    }
    if (text.matches("[+-]?\\d{1,19}")) {
      try {
        return of(Long.parseLong(text));
      } catch (NumberFormatException e) {
        return of(text); // more than 64 bits: kept to the last digit, as text
      }
    }
    if (text.matches("[+-]?(\\d+\\.\\d*|\\.\\d+)([eE][+-]?\\d+)?|[+-]?\\d+[eE][+-]?\\d+")) {
      return of(Double.parseDouble(text));
    }
    return of(text);
  }

  private static void checkLength(String what, int length) {
    if (length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "argument: %s of %d bytes is longer than %d bytes".formatted(what, length, MAX_BYTES));
    }
  }
}
