// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * {@code data/HOSTLER_VERSION}: the newest Hostler that has written this instance's data.
 *
 * <p>An older one refuses to touch them. Versions are compared by their numbers; a snapshot counts
 * as its release.
 */
final class InstanceVersion {

  private InstanceVersion() {}

  static void adopt(Instance instance, String version) throws Failure, IOException {
    Path file = instance.data().resolve("HOSTLER_VERSION");
    if (Files.exists(file)) {
      String written = Files.readString(file).strip();
      if (compare(version, written) < 0) {
        throw Failure.refused(
            "instance %s: its data were written by a newer Hostler".formatted(instance.base()),
            "detail: data/HOSTLER_VERSION is %s, this is Hostler %s".formatted(written, version),
            "hint: start it with Hostler %s or newer".formatted(written));
      }
      if (written.equals(version)) {
        return;
      }
    }
    Path next = file.resolveSibling("HOSTLER_VERSION.new");
    Files.writeString(next, version + "\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Negative when the first is the older one; what is no number counts as zero. */
  static int compare(String first, String second) {
    String[] a = first.split("-", 2)[0].split("\\.");
    String[] b = second.split("-", 2)[0].split("\\.");
    for (int i = 0; i < Math.max(a.length, b.length); i++) {
      int order = Long.compare(number(a, i), number(b, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static long number(String[] parts, int i) {
    return i < parts.length && parts[i].matches("[0-9]{1,9}") ? Long.parseLong(parts[i]) : 0;
  }
}
