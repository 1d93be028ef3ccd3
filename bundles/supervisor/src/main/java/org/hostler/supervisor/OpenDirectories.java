// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of directories from which the host takes code or settings and that others than its owner
 * can write: whoever writes there runs code with the host's rights.
 */
final class OpenDirectories {
  private static final Logger LOG = LoggerFactory.getLogger(OpenDirectories.class);
  private static final List<String> CHECKED = List.of("conf", "extensions", "deploy");

  private OpenDirectories() {}

  /** Logs one line that names every such directory of an instance; none when there is none. */
  static void warn(Path base) {
    List<String> open = in(base);
    if (!open.isEmpty()) {
      LOG.warn(
          "others can write {} of the instance: whoever does runs code with this host's rights;"
              + " remove their permission with chmod",
          String.join(", ", open));
    }
  }

  /** Returns those that others can write, with who can. */
  static List<String> in(Path base) {
    List<String> open = new ArrayList<>();
    for (String name : CHECKED) {
      String writers = writers(base, name);
      if (!writers.isEmpty()) {
        open.add(writers);
      }
    }
    return open;
  }

  private static String writers(Path base, String name) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(base.resolve(name));
      if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
        return "\"%s\" (everybody)".formatted(name);
      }
      return permissions.contains(PosixFilePermission.GROUP_WRITE)
          ? "\"%s\" (its group)".formatted(name)
          : "";
    } catch (NoSuchFileException | UnsupportedOperationException e) {
      return "";
    } catch (IOException e) {
      LOG.warn("directory \"{}\": its permissions cannot be read", name, e);
      return "";
    }
  }
}
