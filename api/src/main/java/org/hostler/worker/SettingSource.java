// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

/** Where the value of a setting comes from; a later one wins over an earlier one. */
public enum SettingSource {
  /** Nothing sets it: the default of its definition. */
  DEFAULT("default"),
  /** {@code conf/hostler.conf} or a file it includes. */
  CONFIGURATION_FILE("hostler.conf"),
  /** {@code conf/hostler.auto.conf}, which {@link Settings#set} writes. */
  AUTOMATIC_FILE("hostler.auto.conf"),
  /** {@code -c NAME=VALUE} of the command that started the host. */
  COMMAND_LINE("command line");

  private final String words;

  SettingSource(String words) {
    this.words = words;
  }

  /** Returns the form users read, for instance {@code hostler.auto.conf}. */
  @Override
  public String toString() {
    return words;
  }
}
