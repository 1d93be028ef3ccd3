// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;

/**
 * Makes platform threads that keep nothing of whoever happened to ask for them.
 *
 * <p>A new thread takes over thread locals, context class loader and, before JDK 24, the
 * access-control context of its maker, and each of these may hold the class loader of a bundle. So
 * these threads are made without the first and with neutral ones of the other two.
 */
final class HostThreads {
  private HostThreads() {}

  /** Returns a daemon thread, not started. */
  static Thread daemon(String name, Runnable work) {
    return make(name, work);
  }

  /**
   * Runs foreign code on a thread of its own: it may block, and what it leaves on its thread goes
   * with it.
   */
  static void runForeign(Runnable work) {
    daemon("hostler-foreign", work).start();
  }

  @SuppressWarnings("removal") // does nothing from JDK 24 on, and is needed before
  private static Thread make(String name, Runnable work) {
    AccessControlContext nobody = new AccessControlContext(new ProtectionDomain[0]);
    PrivilegedAction<Thread> action = () -> new Thread(root(), work, name, 0, false);
    Thread thread = AccessController.doPrivileged(action, nobody);
    thread.setDaemon(true);
    thread.setContextClassLoader(HostThreads.class.getClassLoader());
    return thread;
  }

  private static ThreadGroup root() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group != null && group.getParent() != null) {
      group = group.getParent();
    }
    return group == null ? new ThreadGroup("hostler") : group;
  }
}
