// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bundles that should run but lack what another bundle has to bring: jars that need each other
 * arrive in any order.
 *
 * <p>Each says once what it lacks, and again when that changes; not at once, for the other jar may
 * be on its way. Only the loader's thread calls this.
 */
final class WaitingBundles {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingBundles.class);
  private static final Duration BEFORE_COMPLAINT = Duration.ofMillis(500);

  private final BundleContext context;
  private final FrameworkWiring wiring;
  private final LoaderThread thread;
  private final Map<Bundle, Wait> waits = new LinkedHashMap<>();

  /** Whose bundle it is for people, the framework's words, and what was logged last. */
  private record Wait(String subject, String message, String said) {}

  /**
   * Makes one.
   *
   * @param context the supervisor's
   * @param thread the loader's thread
   */
  WaitingBundles(BundleContext context, LoaderThread thread) {
    this.context = context;
    this.wiring = context.getBundle(0).adapt(FrameworkWiring.class);
    this.thread = thread;
  }

  /**
   * Lets a bundle wait.
   *
   * @param bundle a bundle that could not be resolved
   * @param subject what people know it by
   * @param message the framework's words
   */
  void add(Bundle bundle, String subject, String message) {
    String said = Optional.ofNullable(waits.get(bundle)).map(Wait::said).orElse("");
    waits.put(bundle, new Wait(subject, message, said));
    thread.runAfter(BEFORE_COMPLAINT, () -> complain(bundle));
  }

  /** Forgets a bundle. */
  void remove(Bundle bundle) {
    waits.remove(bundle);
  }

  /** Whether this bundle waits. */
  boolean contains(Bundle bundle) {
    return waits.containsKey(bundle);
  }

  /**
   * Looks whether bundles can be resolved by now.
   *
   * @param resolved gets each that can; it does not wait any more
   */
  void retry(Consumer<Bundle> resolved) {
    for (Bundle bundle : List.copyOf(waits.keySet())) {
      if (bundle.getState() != Bundle.INSTALLED) {
        waits.remove(bundle);
        if (bundle.getState() == Bundle.RESOLVED) {
          resolved.accept(bundle);
        }
      } else if (wiring.resolveBundles(List.of(bundle))) {
        waits.remove(bundle);
        resolved.accept(bundle);
      } else {
        thread.runAfter(BEFORE_COMPLAINT, () -> complain(bundle));
      }
    }
  }

  private void complain(Bundle bundle) {
    Wait wait = waits.get(bundle);
    if (wait != null && bundle.getState() == Bundle.INSTALLED) {
      String cause = ResolverCause.of(context, bundle, wait.message());
      if (!cause.equals(wait.said())) {
        LOG.warn("{}: waits: bundle \"{}\": {}", wait.subject(), bundle.getSymbolicName(), cause);
        waits.put(bundle, new Wait(wait.subject(), wait.message(), cause));
      }
    }
  }
}
