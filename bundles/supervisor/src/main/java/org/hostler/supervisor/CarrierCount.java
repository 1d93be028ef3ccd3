// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many platform threads carry virtual ones; can be changed on JDK 24 and later, through {@code
 * VirtualThreadSchedulerMXBean}.
 *
 * <p>The management classes cost tens of milliseconds to load, so they are when they are needed.
 */
final class CarrierCount {
  private static final Logger LOG = LoggerFactory.getLogger(CarrierCount.class);
  private static final String BEAN = "jdk.management.VirtualThreadSchedulerMXBean";
  private static final int FIRST_VERSION = 24;
  private static final int MOST_MORE = 64;

  private @Nullable PlatformManagedObject bean;
  private int normal;

  /**
   * Asks for so many carriers more than usual.
   *
   * @return how many more there are now; 0 where the JVM cannot do it
   */
  synchronized int more(int wanted) {
    if (Runtime.version().feature() < FIRST_VERSION) {
      return 0;
    }
    int more = Math.min(wanted, MOST_MORE);
    try {
      PlatformManagedObject scheduler = bean();
      Method set = type().getMethod("setParallelism", int.class);
      set.invoke(scheduler, normal + more);
      return more;
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      LOG.warn("the scheduler of virtual threads could not be given more carriers", e);
      return 0;
    }
  }

  private PlatformManagedObject bean() throws ReflectiveOperationException {
    PlatformManagedObject present = bean;
    if (present == null) {
      present = ManagementFactory.getPlatformMXBean(type().asSubclass(PlatformManagedObject.class));
      normal = (int) type().getMethod("getParallelism").invoke(present);
      bean = present;
    }
    return present;
  }

  private static Class<?> type() throws ClassNotFoundException {
    // by the platform's loader: no bundle imports a package that older JVMs do not have
    return Class.forName(BEAN, true, ClassLoader.getPlatformClassLoader());
  }
}
