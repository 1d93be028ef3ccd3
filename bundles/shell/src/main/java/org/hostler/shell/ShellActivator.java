// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.nio.channels.SocketChannel;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.felix.gogo.jline.Converters;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Offers the commands to Gogo and the control services to the host.
 *
 * <p>It registers small objects and starts nothing, unless the host has a terminal: the shell is
 * the last to come up, and a host on which nobody types should not notice it.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class ShellActivator implements BundleActivator {
  private static final String CONTROL = "hostler.control";
  private static final String TRAINING = "hostler.training";
  private static final String TERMINAL = "hostler.terminal";
  private static final String TERMINAL_OUTPUT = "hostler.terminal.output";

  private @Nullable Gogo gogo;

  @Override
  public void start(BundleContext context) throws InvalidSyntaxException {
    Host host = new RegistryHost(context);
    Gogo gogo = new Gogo(context);
    this.gogo = gogo;
    Optional<Console> console = console(context, gogo, host);
    console.ifPresent(Console::start); // to get ready meanwhile
    try {
      commands(context, gogo, host);
    } catch (InvalidSyntaxException | RuntimeException e) {
      gogo.closeAll(); // the framework does not stop what did not start
      throw e;
    }
    console.ifPresent(Console::prompt);
  }

  private static void commands(BundleContext context, Gogo gogo, Host host)
      throws InvalidSyntaxException {
    for (String name : CommandTable.NAMES) {
      context.registerService(
          Function.class, new CommandFunction(name, host), command(Syntax.SCOPE, name));
    }
    gogoCommands(context);
    context.registerService(Function.class, new HelpFunction(gogo, host), command("gogo", "help"));
    bundleCommands(context);
    control(context, "exec", new ExecControl(gogo));
    control(context, "shell", new ShellControl(gogo, host));
  }

  private static Optional<Console> console(BundleContext context, Gogo gogo, Host host) {
    if (Boolean.parseBoolean(context.getProperty(TRAINING))) {
      Console.rehearse();
    }
    if (!Boolean.parseBoolean(context.getProperty(TERMINAL))) {
      return Optional.empty();
    }
    boolean direct = Boolean.parseBoolean(context.getProperty(TERMINAL_OUTPUT));
    return Optional.of(new Console(context, gogo, host, direct));
  }

  private static void gogoCommands(BundleContext context) {
    BundleContext framework = context.getBundle(0).getBundleContext();
    context.registerService(Converter.class, new Converters(framework), null);
    for (GogoCommands commands : GogoCommands.values()) {
      context.registerService(
          Object.class.getName(), commands, command("gogo", commands.functions()));
    }
  }

  private static void bundleCommands(BundleContext context) throws InvalidSyntaxException {
    ServiceReference<?>[] felix =
        context.getAllServiceReferences(
            null,
            "(&(%s=felix)(%s=uninstall))"
                .formatted(CommandProcessor.COMMAND_SCOPE, CommandProcessor.COMMAND_FUNCTION));
    if (felix == null) {
      return;
    }
    for (String name : BundleCommand.NAMES) {
      Dictionary<String, Object> properties = command("felix", name);
      properties.put(Constants.SERVICE_RANKING, 1); // before Felix's own
      context.registerService(
          Function.class, new BundleCommand(context, felix[0], name), properties);
    }
    context.registerService(
        Function.class,
        (session, arguments) -> stopFramework(context),
        command("felix", "shutdown")); // which Felix's own shell had, and gogo.command has not
  }

  private static @Nullable Object stopFramework(BundleContext context) throws BundleException {
    context.getBundle(Constants.SYSTEM_BUNDLE_ID).stop();
    return null;
  }

  private static Dictionary<String, Object> command(String scope, Object function) {
    return new Hashtable<>(
        Map.of(CommandProcessor.COMMAND_SCOPE, scope, CommandProcessor.COMMAND_FUNCTION, function));
  }

  private static void control(
      BundleContext context, String name, BiConsumer<String, SocketChannel> service) {
    context.registerService(
        BiConsumer.class.getName(), service, new Hashtable<>(Map.of(CONTROL, name)));
  }

  @Override
  public void stop(BundleContext context) {
    if (gogo != null) {
      gogo.closeAll();
    }
  }
}
