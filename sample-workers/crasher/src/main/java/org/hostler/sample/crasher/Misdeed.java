// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.crasher;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a crasher can be told to do; the README's table says what becomes of the worker. */
enum Misdeed {
  /** Nothing: it waits on its latch until it is told to stop. */
  WAIT(false),
  /** Ends its life with a status. */
  EXIT(true),
  /** Throws an exception out of its main. */
  THROW(false),
  /** Throws an {@link Error} out of its main. */
  ERROR(false),
  /** Throws a real {@link OutOfMemoryError} out of its main. */
  OOM(false),
  /** Blocks for ever and swallows every interrupt. */
  HANG(false),
  /** Computes for ever and looks at nothing. */
  SPIN(false),
  /** Throws before it has done anything at all, and whatever {@code after} says. */
  START_FAIL(false),
  /** Ends well but leaves a thread behind. */
  LEAK_THREAD(false),
  /** Calls {@link System#exit}. */
  SYSTEM_EXIT(true),
  /** Calls {@link Runtime#halt}. */
  HALT(true);

  private final boolean status;

  Misdeed(boolean status) {
    this.status = status;
  }

  /** Tells whether it is written with a status behind it: {@code exit:3}. */
  boolean needsStatus() {
    return status;
  }

  /** Returns the word users type. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns every form users can type, for a message. */
  static List<String> forms() {
    return Arrays.stream(values()).map(m -> m.word() + (m.status ? ":N" : "")).toList();
  }

  static Optional<Misdeed> of(String word) {
    return Arrays.stream(values()).filter(misdeed -> misdeed.word().equals(word)).findFirst();
  }
}
