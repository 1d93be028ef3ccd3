// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Registers a background worker that runs the component, without any code.
 *
 * <p>Stands beside {@link WorkerFunction} on the same component. The worker is static when its
 * bundle is being preloaded and dynamic otherwise, also when the component becomes satisfied only
 * after preloading. When the component goes the worker is drained and parked; when it is back the
 * worker starts again in the same slot with the properties it then has. It is unregistered when its
 * bundle is uninstalled, or active again without that component.
 *
 * <p>Every element is a text in the syntax of {@code bgw:register}. A bad value is recorded as
 * event {@code refused}; nobody gets an exception.
 *
 * <pre>{@code
 * @Component
 * @WorkerFunction("heartbeat")
 * @RegisterWorker(restart = "5s")
 * public final class Heartbeat implements WorkerMain {
 *   public void run(WorkerContext context) { … }
 * }
 * }</pre>
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface RegisterWorker {
  /** The prefix of the service properties. */
  String PREFIX_ = "worker.register.";

  /** Returns the worker's name; the function's name when empty. */
  String name() default "";

  /** Returns the worker's type; its name when empty. */
  String type() default "";

  /** Returns the flags beside {@code SHMEM_ACCESS}, separated by commas. */
  String flag() default "";

  /** Returns the start time. */
  String start() default "recovery_finished";

  /** Returns the restart policy. */
  String restart() default "60s";

  /** Returns the main argument; none when empty. */
  String arg() default "";

  /** Returns the extra data; none when empty. */
  String extra() default "";

  /** Returns the isolation; by setting when empty. */
  String isolation() default "";

  /** Returns the heap of a process worker, for instance {@code 64m}; by setting when empty. */
  String heap() default "";
}
