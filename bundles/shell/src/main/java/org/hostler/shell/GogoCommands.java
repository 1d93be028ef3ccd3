// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.List;
import org.apache.felix.gogo.jline.Builtin;
import org.apache.felix.gogo.jline.Posix;
import org.apache.felix.gogo.jline.Procedural;
import org.apache.felix.service.command.CommandProcessor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/**
 * Gogo's own commands for shells, {@code grep}, {@code each}, {@code echo} and so on, made when one
 * of them is called for the first time.
 *
 * <p>They come from gogo.jline, whose classes are a part of this bundle. As a bundle of its own it
 * would open the system's terminal and start a shell with a banner.
 */
enum GogoCommands implements ServiceFactory<Object> {
  /** Variables, formats, jobs, history. */
  BUILTIN(
      "format",
      "getopt",
      "new",
      "set",
      "tac",
      "type",
      "jobs",
      "fg",
      "bg",
      "history",
      "setopt",
      "unsetopt"),
  /** Loops and conditions. */
  PROCEDURAL("each", "if", "not", "throw", "try", "until", "while", "break", "continue"),
  /** Text and files. */
  POSIX(
      "cat", "echo", "grep", "sort", "sleep", "cd", "pwd", "ls", "less", "head", "tail", "clear",
      "wc", "date");

  private final List<String> functions;
  private @Nullable Object commands;

  GogoCommands(String... functions) {
    this.functions = List.of(functions);
  }

  /** Returns the names of the commands. */
  String[] functions() {
    return functions.toArray(String[]::new);
  }

  @Override
  public synchronized Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
    if (commands == null) {
      commands =
          switch (this) {
            case BUILTIN -> new Builtin();
            case PROCEDURAL -> new Procedural();
            case POSIX -> new Posix(processor(bundle));
          };
    }
    return commands;
  }

  private static CommandProcessor processor(Bundle gogo) {
    var context = gogo.getBundleContext();
    return context.getService(context.getServiceReference(CommandProcessor.class));
  }

  @Override
  public void ungetService(
      Bundle bundle, ServiceRegistration<Object> registration, Object service) {
    // kept: Gogo gives a command back after every call
  }
}
