// SPDX-License-Identifier: Apache-2.0
package org.hostler.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import ch.qos.logback.core.util.Duration;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * Configures logback without a file: first everything waits in {@link EarlyLines}, then {@link
 * HostLog} takes over when the settings are known. Public because logback makes it by reflection.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class LogConfigurator extends ContextAwareBase implements Configurator {

  private static final Duration CHECK = Duration.buildByMilliseconds(100);

  /** Called by logback's {@code ServiceLoader}. */
  public LogConfigurator() {}

  @Override
  public ExecutionStatus configure(LoggerContext logback) {
    // without a listener logback would print its own warnings on standard output
    logback.getStatusManager().add(new NopStatusListener());
    EarlyLines early = new EarlyLines();
    early.setContext(logback);
    early.start();
    Logger root = logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.TRACE);
    root.addAppender(early);
    Bundle bundle = FrameworkUtil.getBundle(LogConfigurator.class);
    if (bundle != null) {
      offer(bundle.getBundleContext(), logback, early);
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static void offer(BundleContext context, LoggerContext logback, EarlyLines early) {
    String base = context.getProperty("hostler.base");
    Path directory = Path.of(base == null ? "" : base).resolve("log");
    Consumer<Map<String, String>> service =
        new HostLog(logback, early, directory, CHECK)::configure;
    context.registerService(
        Consumer.class, service, new Hashtable<>(Map.of("hostler.logging", "configure")));
  }
}
