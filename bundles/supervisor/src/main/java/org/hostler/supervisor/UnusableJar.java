// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** A file that can be read but is no whole jar or no bundle; says what is wrong with it. */
final class UnusableJar extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Path file;

  /**
   * Makes one.
   *
   * @param file the file as people know it
   * @param wrong what is wrong with it, such as {@code is empty}
   */
  UnusableJar(Path file, String wrong) {
    super(wrong);
    this.file = file;
  }

  /** The file as people know it. */
  Path file() {
    return file;
  }
}
