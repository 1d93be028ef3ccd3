// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * The OSGi framework and the distribution's bundles in it.
 *
 * <p>Bundles are installed by reference, each at the start level its directory names. The framework
 * begins at {@link #MECHANISMS}: what lies above (preloaded bundles, then shells) is the
 * supervisor's to raise. A bundle at or below that level that does not become active ends the
 * start, in the words of its activator where it has any.
 */
final class HostFramework {

  /** The beginning start level: logging, supervisor, services and mechanisms are up. */
  static final int MECHANISMS = 20;

  private static final String CONTROL = "hostler.control";

  private final Distribution distribution;
  private final Ending ending;
  private final List<FrameworkEvent> errors = new ArrayList<>();
  private @Nullable Framework framework;
  private volatile @Nullable BundleContext context;

  HostFramework(Distribution distribution, Ending ending) {
    this.distribution = distribution;
    this.ending = ending;
  }

  /** Makes the framework and installs the bundles in it; from now on it can be stopped. */
  void make(
      Map<String, String> properties,
      Map<Integer, List<Path>> bundles,
      BiConsumer<String, String> report)
      throws Failure {
    try {
      Framework made =
          ServiceLoader.load(FrameworkFactory.class, HostFramework.class.getClassLoader())
              .findFirst()
              .orElseThrow(() -> Failure.refused("lib/: there is no OSGi framework"))
              .newFramework(properties);
      framework = made;
      made.init();
      BundleContext system = made.getBundleContext();
      FrameworkListener frameworkEvents = this::hear;
      SynchronousBundleListener bundleEvents = this::hear;
      system.addFrameworkListener(frameworkEvents);
      system.addBundleListener(bundleEvents);
      system.registerService(IntConsumer.class, ending, property("hostler.host", "exit"));
      system.registerService(BiConsumer.class, report, property("hostler.host", "report"));
      context = system;
      install(system, bundles);
      ending.guard(made);
    } catch (BundleException e) {
      throw failed(e);
    }
  }

  /** Starts the bundles up to {@link #MECHANISMS}, unless a stop was ordered meanwhile. */
  void start() throws Failure {
    Framework made = framework;
    if (made == null || ending.isOrdered()) {
      return;
    }
    try {
      made.start();
    } catch (BundleException e) {
      if (!ending.isOrdered()) {
        throw failed(e);
      }
    }
  }

  private static Failure failed(BundleException e) {
    return Failure.refusedBy(
        e, "the OSGi framework could not be started", "detail: " + Words.of(e));
  }

  /** Waits until the framework has stopped. */
  void awaitStop() throws InterruptedException {
    Framework running = framework;
    if (running != null) {
      running.waitForStop(0);
    }
    ending.frameworkStopped();
  }

  /** The service that answers a command of the control socket. */
  @SuppressWarnings("unchecked") // the property is the contract between host and bundles
  Optional<BiConsumer<String, SocketChannel>> control(String command) {
    BundleContext system = context;
    if (system == null || !command.matches("[a-z]+")) {
      return Optional.empty();
    }
    try {
      @SuppressWarnings("rawtypes")
      Collection<ServiceReference<BiConsumer>> found =
          system.getServiceReferences(BiConsumer.class, "(%s=%s)".formatted(CONTROL, command));
      return found.stream()
          .findFirst()
          .map(system::getService)
          .map(service -> (BiConsumer<String, SocketChannel>) service);
    } catch (InvalidSyntaxException | IllegalStateException stopping) {
      return Optional.empty();
    }
  }

  /** Why a bundle that has to run does not; empty when all do. Complete once STARTED was heard. */
  private Optional<String> failure(BundleContext system) {
    for (Bundle bundle : system.getBundles()) {
      BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
      boolean needed = level != null && level.getStartLevel() <= MECHANISMS && !isFragment(bundle);
      if (needed && (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) == 0) {
        return Optional.of(StartError.of(bundle, errors));
      }
    }
    return Optional.empty();
  }

  private static boolean isFragment(Bundle bundle) {
    return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
  }

  private void hear(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.ERROR) {
      errors.add(event);
    } else if (event.getType() == FrameworkEvent.STARTED) {
      BundleContext system = context;
      if (system != null && !ending.isOrdered()) {
        failure(system).ifPresent(this::fail);
      }
    }
  }

  private void fail(String message) {
    FailureNote.write(message);
    ending.accept(Failure.REFUSED);
  }

  private void hear(BundleEvent event) {
    if (event.getType() == BundleEvent.STOPPING) {
      if (event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
        ending.frameworkStopping();
      } else {
        ending.bundleStopping();
      }
    }
  }

  private void install(BundleContext system, Map<Integer, List<Path>> bundles)
      throws BundleException {
    FrameworkStartLevel levels = system.getBundle().adapt(FrameworkStartLevel.class);
    int usual = levels.getInitialBundleStartLevel();
    for (Map.Entry<Integer, List<Path>> level : bundles.entrySet()) {
      // Said of each bundle afterwards, it would be one more file written for each.
      levels.setInitialBundleStartLevel(level.getKey());
      for (Path jar : level.getValue()) {
        Bundle bundle = system.installBundle("reference:" + jar.toUri());
        if (!isFragment(bundle)) {
          bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
      }
    }
    levels.setInitialBundleStartLevel(usual);
  }

  private static Dictionary<String, Object> property(String name, String value) {
    return new Hashtable<>(Map.of(name, value));
  }
}
