// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.heartbeat;

import java.time.Duration;
import org.hostler.worker.Datum;
import org.hostler.worker.SettingDefinition;
import org.hostler.worker.Settings;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.annotation.RegisterWorker;
import org.hostler.worker.annotation.WorkerFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker that logs its argument at an interval.
 *
 * <p>The component is all there is: {@code @WorkerFunction} names the function,
 * {@code @RegisterWorker} registers one worker that runs it, static when the bundle is preloaded,
 * dynamic when it is dropped into a running host. One object serves every worker of the function,
 * so what belongs to a worker stands in {@code run}'s locals.
 *
 * <p>It is immediate so that the setting is defined when the bundle is activated, as {@code
 * _PG_init} would, and not only when the first worker asks for the object.
 */
@Component(immediate = true)
@WorkerFunction("heartbeat")
@RegisterWorker(restart = "5s", arg = "the heart beats")
public final class Heartbeat implements WorkerMain {
  /** Time between two beats; takes effect at a reload. */
  static final String INTERVAL = "heartbeat.interval";

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  /**
   * Defines the setting; repeated when the bundle is updated or started again.
   *
   * @param settings the host's settings
   */
  @Activate
  public Heartbeat(@Reference Settings settings) {
    settings.define(interval());
  }

  static SettingDefinition interval() {
    return SettingDefinition.duration(INTERVAL, Duration.ofSeconds(10))
        .range(Duration.ofMillis(1), Duration.ofDays(1))
        .unit("s")
        .description("Time between two beats of the heartbeat worker.");
  }

  @Override
  public void run(WorkerContext context) {
    String text = text(context.mainArg());
    context.onReload(() -> {}); // wakes us at a reload: a new interval holds at once
    while (true) {
      context.latch().reset(); // before looking for work, or a wake-up is lost
      context.checkForInterrupts(); // throws when asked to terminate: the loop needs no flag
      LOG.info("{}", text);
      context.latch().await(context.settings().duration(INTERVAL)); // not Thread.sleep
    }
  }

  static String text(Datum argument) {
    if (argument instanceof Datum.Null) {
      return "beat";
    }
    return argument instanceof Datum.Text text ? text.value() : argument.toString();
  }
}
