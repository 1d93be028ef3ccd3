// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code -c} settings of the host that runs, {@code NAME=VALUE} a line, for {@code restart}.
 *
 * <p>They survive a restart and not a stop: a host that ends in order removes the file.
 */
final class Arguments {

  private Arguments() {}

  static void write(Path file, Map<String, String> arguments) throws IOException {
    StringBuilder text = new StringBuilder();
    arguments.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    Files.writeString(file, text);
  }

  static Map<String, String> read(Path file) throws IOException {
    Map<String, String> arguments = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          arguments.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
    } catch (NoSuchFileException none) {
      return arguments;
    }
    return arguments;
  }
}
