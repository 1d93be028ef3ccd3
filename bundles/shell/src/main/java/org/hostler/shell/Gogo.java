// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.gogo.runtime.CommandSessionImpl;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Gogo, looked up when it is needed, and the sessions that are open, to be ended with the bundle.
 */
final class Gogo {
  private final BundleContext context;
  private final Set<Runnable> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  Gogo(BundleContext context) {
    this.context = context;
  }

  /** Returns what executes lines. */
  CommandProcessor processor() throws CommandFailed {
    ServiceReference<CommandProcessor> reference =
        context.getServiceReference(CommandProcessor.class);
    CommandProcessor processor = reference == null ? null : context.getService(reference);
    if (processor == null) {
      throw CommandFailed.refused(
          "shell: Gogo does not run", "bundle org.apache.felix.gogo.runtime is not active", "");
    }
    return processor;
  }

  /** Returns the names of all commands, as {@code scope:name}. */
  @SuppressWarnings("unchecked") // what Gogo's session keeps under this name is such a set
  Set<String> commands(CommandSession session) {
    return (Set<String>) session.get(CommandSessionImpl.COMMANDS);
  }

  /** Notes how to end a session that was opened. */
  void opened(Runnable end) {
    open.add(end);
  }

  /** Forgets a session that has ended. */
  void closed(Runnable end) {
    open.remove(end);
  }

  /** Tells whether the shell is being stopped, mostly because the host is. */
  boolean closing() {
    return closing;
  }

  /** Ends every session. */
  void closeAll() {
    closing = true;
    open.forEach(Runnable::run);
  }
}
