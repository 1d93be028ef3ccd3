// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

/**
 * One operand of a command; optional ones come last.
 *
 * @param name what it is called in the usage line
 * @param values what it may be
 * @param optional whether it may be left out
 * @param summary what it is, in a few words
 */
record Operand(String name, Values values, boolean optional, String summary) {

  /** Returns it as the usage line shows it. */
  String usage() {
    return optional ? "[" + name + "]" : name;
  }
}
