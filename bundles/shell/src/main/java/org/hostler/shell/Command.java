// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

/** One command; holds nothing between two executions. */
interface Command {
  /** Returns how it is typed. */
  Syntax syntax();

  /**
   * Does it, on a thread that is interrupted when the user does not want it any more.
   *
   * @param line what was typed, which fits the syntax
   * @param out where to print
   * @throws CommandFailed when it is refused, fails or times out
   * @throws InterruptedException when the user has interrupted it
   */
  void run(CommandLine line, Output out) throws CommandFailed, InterruptedException;
}
