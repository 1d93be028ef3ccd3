// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.hostler.supervisor.StatsService.HostFacts;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.Refusal;
import org.hostler.worker.Settings;
import org.hostler.worker.stat.WorkerStats;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the supervisor, below the component runtime's start level, so that its listeners hear of
 * every bundle and service.
 *
 * <p>What is wrong with the configuration fails the start; the exception's message has message,
 * detail and hint, which the host prints.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class SupervisorActivator implements BundleActivator {
  private static final Logger LOG = LoggerFactory.getLogger(SupervisorActivator.class);

  private @Nullable Core core;
  private @Nullable Errands errands;
  private @Nullable Loading loading;

  /** Made by the framework. */
  public SupervisorActivator() {}

  @Override
  public void start(BundleContext context) throws BundleException {
    try {
      begin(context);
    } catch (Refusal refusal) {
      throw new BundleException(
          refusal.getMessage()
              + (refusal.detail().isEmpty() ? "" : "\ndetail: " + refusal.detail())
              + (refusal.hint().isEmpty() ? "" : "\nhint: " + refusal.hint()),
          refusal);
    }
  }

  private void begin(BundleContext context) {
    HostProperties properties = HostProperties.read(context);
    BiConsumer<String, String> report = report(context);
    IntConsumer exit = exit(context);
    Errands chores = new Errands();
    errands = chores;
    Generations generations =
        new Generations(properties.base().resolve("data").resolve("generation"), chores);
    List<Core> made = new ArrayList<>(1);
    SettingsRegistry settings =
        InstanceSettings.open(
            context, properties, () -> made.isEmpty() || !made.get(0).supervisor.sealed());
    Core parts = new Core(context, settings, generations, chores, report, exit);
    made.add(parts);
    core = parts;
    settings.validator(
        HostlerSettings.MAX_WORKER_PROCESSES,
        next -> InstanceSettings.enough(next, parts.supervisor.table::used));
    settings.onReload(parts::reloaded);
    Loading loaded = new Loading(context, properties, settings.current());
    loading = loaded;
    loaded.open();
    StatsService stats =
        new StatsService(
            parts.supervisor,
            parts.reader,
            facts(properties),
            loaded::preloadStats,
            loaded.catalog(parts.directory)::libraries,
            parts.canary::notes,
            parts::phaseReason);
    parts.start(context, loaded.loader());
    context.registerService(BackgroundWorkers.class, parts.doors, new Hashtable<>());
    context.registerService(WorkerStats.class, stats, new Hashtable<>());
    context.registerService(Settings.class, settings, new Hashtable<>());
    context.registerService(Runnable.class, parts.hostStop, property("hostler.control", "stop"));
    offer(context, "status", new StatusControl(stats::host));
    offer(context, "reload", new ReloadControl(settings));
    loaded.bringUp(parts, new ComponentStates(context, chores), report, exit, stats::host);
  }

  private static HostFacts facts(HostProperties properties) {
    return new HostFacts(
        properties.version(),
        properties.framework(),
        properties.base().toString(),
        properties.startMillis());
  }

  private static void offer(
      BundleContext context, String command, BiConsumer<String, SocketChannel> control) {
    context.registerService(BiConsumer.class, control, property("hostler.control", command));
  }

  @SuppressWarnings("unchecked") // the host's own service, of a JDK type
  private static BiConsumer<String, String> report(BundleContext context) {
    Object service = service(context, BiConsumer.class, "(hostler.host=report)");
    return service == null
        ? (key, text) -> LOG.info("{}: {}", key, text)
        : (BiConsumer<String, String>) service;
  }

  private static IntConsumer exit(BundleContext context) {
    IntConsumer service = service(context, IntConsumer.class, "(hostler.host=exit)");
    return service == null
        ? status -> LOG.error("the host shall end with status {}, and is not ours", status)
        : service;
  }

  private static <T> @Nullable T service(BundleContext context, Class<T> type, String filter) {
    try {
      for (ServiceReference<T> reference : context.getServiceReferences(type, filter)) {
        return context.getService(reference);
      }
      return null;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("not a filter: " + filter, e);
    }
  }

  @Override
  public void stop(BundleContext context) throws Exception {
    if (loading != null) {
      loading.close();
    }
    if (core != null) {
      core.close();
    }
    if (errands != null) {
      errands.close();
    }
  }

  /** Returns service properties of one entry. */
  static Dictionary<String, Object> property(String name, Object value) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(name, value);
    return properties;
  }
}
