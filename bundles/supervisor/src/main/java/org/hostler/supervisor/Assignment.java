// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import org.hostler.worker.SettingSource;

/**
 * A value that a file or the command line gives to a name; nothing of it has been checked yet.
 *
 * @param name as it was written
 * @param value without quotes
 * @param source which of the four it is from
 * @param file as it is shown to people; an empty string for the command line
 * @param line from 1; 0 for the command line
 */
record Assignment(String name, String value, SettingSource source, String file, int line) {

  /** Returns the form in which errors begin, for instance {@code conf/hostler.conf:12}. */
  String where() {
    return line == 0 ? source.toString() : file + ":" + line;
  }
}
