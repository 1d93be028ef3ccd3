// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

/**
 * One option of a command.
 *
 * @param name without the two dashes
 * @param value what its value is called in the usage line; empty for a switch
 * @param values what the value may be; {@code NONE} for a switch
 * @param repeatable whether it may be given more than once
 * @param required whether it must be given
 * @param summary what it does, in a few words
 */
record Option(
    String name,
    String value,
    Values values,
    boolean repeatable,
    boolean required,
    String summary) {

  /** Returns it as it is typed, for instance {@code --type T}. */
  String form() {
    return "--" + name + (values == Values.NONE ? "" : " " + value);
  }

  /** Returns it as the usage line shows it, for instance {@code [--flag F]…}. */
  String usage() {
    return (required ? form() : "[" + form() + "]") + (repeatable ? "…" : "");
  }
}
