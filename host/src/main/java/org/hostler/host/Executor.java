// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;

/**
 * The command {@code exec}: one line of the shell's language, or the lines of standard input up to
 * the first that fails. A client that is interrupted closes its connection, which ends the line.
 */
final class Executor {

  private final Instance instance;

  Executor(Instance instance) {
    this.instance = instance;
  }

  int run(String line) throws Failure {
    if (!line.equals("-")) {
      return execute(line);
    }
    instance.checkIsOne();
    try {
      BufferedReader input =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
      for (String next = input.readLine(); next != null; next = input.readLine()) {
        int status = next.isBlank() ? 0 : execute(next);
        if (status != 0) {
          return status;
        }
      }
      return 0;
    } catch (IOException e) {
      throw Failure.refusedBy(e, "standard input cannot be read", "detail: " + Words.of(e));
    }
  }

  private int execute(String line) throws Failure {
    return ControlClient.request(instance, "exec", line, ControlClient.Output.TERMINAL);
  }
}
