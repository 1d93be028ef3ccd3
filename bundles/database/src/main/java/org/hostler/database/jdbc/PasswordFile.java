// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.hostler.database.DatabaseConnectException.Reason;

/** Reads passwords from files that nobody else may read. */
final class PasswordFile {
  private PasswordFile() {}

  /**
   * Returns the first line of a file.
   *
   * @param base what a relative name is relative to
   * @throws SQLException when it cannot be read, is empty, or others have any permission on it
   */
  static String read(Path base, String name, SessionRequest request) throws SQLException {
    Path file = base.resolve(name);
    try {
      PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
      if (view != null) {
        checkPermissions(name, view.readAttributes().permissions(), request);
      }
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      if (lines.isEmpty() || lines.get(0).isEmpty()) {
        throw request.failure(
            Reason.PASSWORD_FILE,
            "password file \"%s\": its first line is empty".formatted(name),
            null);
      }
      return lines.get(0);
    } catch (IOException e) {
      throw request.failure(
          Reason.PASSWORD_FILE,
          "password file \"%s\": cannot be read (%s)".formatted(name, e.getClass().getSimpleName()),
          e);
    }
  }

  private static void checkPermissions(
      String name, Set<PosixFilePermission> permissions, SessionRequest request)
      throws SQLException {
    for (PosixFilePermission permission : permissions) {
      if (!permission.name().startsWith("OWNER_")) {
        throw request.failure(
            Reason.PASSWORD_FILE,
            String.join(
                "\n",
                "password file \"%s\": others than its owner have access to it".formatted(name),
                "its permissions are " + PosixFilePermissions.toString(permissions),
                "Use chmod 600."),
            null);
      }
    }
  }
}
