// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.List;
import org.apache.felix.gogo.runtime.Reflective;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * One of Felix's commands for bundles, with failures that a script notices.
 *
 * <p>Felix's {@code install}, {@code start}, {@code stop}, {@code update} and {@code uninstall}
 * return what went wrong as a text, as if it were a result. This calls them and makes the text a
 * failure.
 */
final class BundleCommand implements Function {
  /** The commands of Felix that are called through this. */
  static final List<String> NAMES = List.of("install", "start", "stop", "update", "uninstall");

  private final BundleContext context;
  private final ServiceReference<?> felix;
  private final String name;

  /**
   * Makes one.
   *
   * @param context this bundle's
   * @param felix the service with Felix's commands
   * @param name the command
   */
  BundleCommand(BundleContext context, ServiceReference<?> felix, String name) {
    this.context = context;
    this.felix = felix;
    this.name = name;
  }

  @Override
  public @Nullable Object execute(CommandSession session, List<Object> arguments) throws Exception {
    Object commands = context.getService(felix);
    if (commands == null) {
      throw CommandFailed.refused("felix:%s: Felix's commands have gone".formatted(name), "", "");
    }
    refuseUnknownBundles(arguments);
    String text = invoke(session, commands, arguments).strip();
    if (text.isEmpty() || text.startsWith("Bundle ID")) {
      return text.isEmpty() ? null : text;
    }
    if (text.startsWith("Please specify") || text.startsWith("Must specify")) {
      throw usage(text);
    }
    throw CommandFailed.refused("felix:%s: %s".formatted(name, text), "", "");
  }

  private String invoke(CommandSession session, Object commands, List<Object> arguments)
      throws Exception {
    try {
      Object result = Reflective.invoke(session, commands, name, arguments);
      return result == null ? "" : result.toString();
    } catch (IllegalArgumentException e) { // no method for these arguments
      throw usage("these are no bundles: " + arguments);
    }
  }

  private CommandFailed usage(String problem) {
    return CommandFailed.usage(
        "felix:%s: %s".formatted(name, problem), "usage: felix:%s %s".formatted(name, operands()));
  }

  private String operands() {
    return switch (name) {
      case "install" -> "URL…";
      case "update" -> "BUNDLE [URL]";
      default -> "BUNDLE…";
    };
  }

  private void refuseUnknownBundles(List<Object> arguments) throws CommandFailed {
    for (Object argument : arguments) {
      String text = String.valueOf(argument);
      if (text.matches("\\d{1,18}") && context.getBundle(Long.parseLong(text)) == null) {
        throw CommandFailed.refused(
            "bundle %s: there is none of this number".formatted(text), "", "felix:lb lists them");
      }
    }
  }
}
