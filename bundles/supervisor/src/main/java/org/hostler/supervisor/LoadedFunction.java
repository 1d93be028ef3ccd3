// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Comparator;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.WorkerMain;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.LoggerFactory;

/** A function that can be run: a {@link WorkerMain} service of a bundle, or one of the host's. */
sealed interface LoadedFunction {

  /** Best first: the higher version of its bundle, then the service's ranking. */
  Comparator<OfBundle> BEST =
      (a, b) -> {
        int versions = b.version().compareTo(a.version());
        return versions == 0 ? b.reference().compareTo(a.reference()) : versions;
      };

  /** Returns the object to run; on the worker's thread. What it throws is the life's exit 1. */
  WorkerMain get();

  /** Gives the object back. */
  void release(WorkerMain main);

  /** Returns the bundle whose code it is. */
  Bundle bundle();

  /** Returns the class loader of that code. */
  ClassLoader loader();

  /** Returns the version of the library, as people read it. */
  String libraryVersion();

  /**
   * A service of a bundle.
   *
   * @param reference the service
   * @param library the symbolic name of its bundle
   * @param name its {@code worker.function}
   * @param version the version of its bundle
   * @param bundle its bundle
   * @param loader the class loader of its bundle's present revision
   * @param service gives each life its object
   */
  record OfBundle(
      ServiceReference<WorkerMain> reference,
      String library,
      String name,
      Version version,
      Bundle bundle,
      ClassLoader loader,
      FunctionService service)
      implements LoadedFunction {

    /** One whose service is got by that bundle: the supervisor's. */
    OfBundle(
        ServiceReference<WorkerMain> reference,
        String library,
        String name,
        Version version,
        Bundle bundle,
        ClassLoader loader,
        Bundle host) {
      this(reference, library, name, version, bundle, loader, new FunctionService(reference, host));
    }

    static OfBundle of(ServiceReference<WorkerMain> reference, String name, Bundle host) {
      Bundle bundle = reference.getBundle();
      BundleWiring wiring = bundle.adapt(BundleWiring.class);
      ClassLoader loader = wiring == null ? null : wiring.getClassLoader();
      return new OfBundle(
          reference,
          bundle.getSymbolicName(),
          name,
          bundle.getVersion(),
          bundle,
          loader == null ? LoadedFunction.class.getClassLoader() : loader,
          host);
    }

    @Override
    public WorkerMain get() {
      WorkerMain main = service.get();
      if (main == null) {
        throw new IllegalStateException(
            "function \"%s\" of library \"%s\": its service %s"
                .formatted(
                    name,
                    library,
                    reference.getBundle() == null
                        ? "has gone"
                        : "gave no object; see the log for why"));
      }
      return main;
    }

    @Override
    public void release(WorkerMain main) {
      try {
        service.release(main);
      } catch (IllegalStateException | IllegalArgumentException gone) {
        // its bundle, or the supervisor's, stopped meanwhile and has taken the object back
        LoggerFactory.getLogger(LoadedFunction.class)
            .debug("function \"{}\" of library \"{}\" was released already", name, library, gone);
      }
    }

    @Override
    public String libraryVersion() {
      return version.toString();
    }
  }

  /**
   * A function of the host itself (contract S8).
   *
   * @param main what it does
   * @param bundle the supervisor's bundle
   */
  record OfHost(WorkerMain main, Bundle bundle) implements LoadedFunction {
    @Override
    public WorkerMain get() {
      return main;
    }

    @Override
    public void release(WorkerMain object) {
      // nothing was taken
    }

    @Override
    public ClassLoader loader() {
      return LoadedFunction.class.getClassLoader();
    }

    @Override
    public String libraryVersion() {
      return bundle.getVersion().toString();
    }

    /** Tells whether a library's name means the host. */
    static boolean isHost(String library) {
      return library.equals(BackgroundWorker.HOST_LIBRARY);
    }
  }
}
