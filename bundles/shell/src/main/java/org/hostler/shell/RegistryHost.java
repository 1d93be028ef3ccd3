// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.nio.file.Path;
import java.util.Optional;
import org.hostler.database.Databases;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.Settings;
import org.hostler.worker.stat.WorkerStats;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Finds the host's services in the service registry, anew for every command: nothing is tracked, so
 * that the shell costs nothing while nobody types, and a command never holds on to what has gone.
 */
final class RegistryHost implements Host {
  private static final String BASE = "hostler.base";

  private final BundleContext context;

  RegistryHost(BundleContext context) {
    this.context = context;
  }

  @Override
  public WorkerStats stats() throws CommandFailed {
    return service(WorkerStats.class);
  }

  @Override
  public BackgroundWorkers workers() throws CommandFailed {
    return service(BackgroundWorkers.class);
  }

  @Override
  public Settings settings() throws CommandFailed {
    return service(Settings.class);
  }

  @Override
  public Path base() throws CommandFailed {
    String base = context.getProperty(BASE);
    if (base == null) {
      throw CommandFailed.refused(
          "instance: its directory is not known", "framework property " + BASE + " is not set", "");
    }
    return Path.of(base);
  }

  @Override
  public Optional<Databases> databases() {
    return find(Databases.class);
  }

  private <T> T service(Class<T> type) throws CommandFailed {
    Optional<T> service = find(type);
    if (service.isEmpty()) {
      throw CommandFailed.refused(
          "host: its supervisor does not run",
          "there is no service " + type.getName(),
          "the host is starting or stopping; felix:lb shows its bundles");
    }
    return service.get();
  }

  private <T> Optional<T> find(Class<T> type) {
    ServiceReference<T> reference = context.getServiceReference(type);
    return reference == null
        ? Optional.empty()
        : Optional.ofNullable(context.getService(reference));
  }
}
