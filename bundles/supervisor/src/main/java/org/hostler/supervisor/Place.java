// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

/**
 * Where a setting is written; in the order of reading.
 *
 * @param file the file, relative to the instance where it lies in it, or {@code command line}
 * @param line from 1; 0 for the command line and for a file as a whole
 */
record Place(String file, int line) implements Comparable<Place> {
  static final Place COMMAND_LINE = new Place("command line", 0);

  @Override
  public int compareTo(Place other) {
    int files = file.compareTo(other.file);
    return files == 0 ? Integer.compare(line, other.line) : files;
  }

  /** Returns the form in which errors begin, for instance {@code conf/hostler.conf:12}. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
