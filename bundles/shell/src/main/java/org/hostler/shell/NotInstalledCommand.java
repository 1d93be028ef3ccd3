// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

/** A command of a part of Hostler that this host does not have: it says which. */
final class NotInstalledCommand implements Command {
  private final Syntax syntax;
  private final String part;
  private final String bundle;

  /**
   * Makes one.
   *
   * @param syntax its syntax, which is the same with the part and without
   * @param part what the part does
   * @param bundle the bundle that would offer it
   */
  NotInstalledCommand(Syntax syntax, String part, String bundle) {
    this.syntax = syntax;
    this.part = part;
    this.bundle = bundle;
  }

  @Override
  public Syntax syntax() {
    return syntax;
  }

  @Override
  public void run(CommandLine line, Output out) throws CommandFailed {
    throw refusal(syntax, part, bundle);
  }

  /** Makes the refusal of a command whose part of Hostler is not there. */
  static CommandFailed refusal(Syntax syntax, String part, String bundle) {
    return CommandFailed.refused(
        "command \"%s\": the part of Hostler for %s is not installed"
            .formatted(syntax.command(), part),
        "bundle %s is not in this distribution".formatted(bundle),
        "use a distribution of Hostler that has it");
  }
}
