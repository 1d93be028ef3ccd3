// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.hostler.database.Databases;
import org.hostler.worker.Settings;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerId;
import org.hostler.worker.spi.DatabaseMechanism;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/**
 * Stands for the bundle's services until somebody needs one: a host that uses no database loads
 * three classes of this bundle, which is what its start can bear.
 *
 * <p>While no setting of a database is set, the default one is embedded and holds no phase, so
 * there is nothing to report to the supervisor.
 */
final class WhenNeeded implements DatabaseMechanism {
  private final Settings settings;
  private final Supplier<DatabaseParts> maker;
  private volatile @Nullable DatabaseParts parts;
  private @Nullable DatabaseListener listener;
  private boolean closed;

  /**
   * Makes no part yet.
   *
   * @param maker puts the parts together
   */
  WhenNeeded(Settings settings, Supplier<DatabaseParts> maker) {
    this.settings = settings;
    this.maker = maker;
  }

  private DatabaseParts parts() {
    DatabaseParts made = parts;
    return made == null ? make() : made;
  }

  private synchronized DatabaseParts make() {
    DatabaseParts made = parts;
    if (made == null) {
      if (closed) {
        throw new IllegalStateException("the bundle that offers databases was stopped");
      }
      made = maker.get();
      if (listener != null) {
        made.mechanism.follow(listener);
      }
      parts = made;
    }
    return made;
  }

  private boolean needed() {
    return parts != null || !settings.current().names("database.").isEmpty();
  }

  @Override
  public void follow(DatabaseListener supervisor) {
    synchronized (this) {
      listener = supervisor;
    }
    if (needed()) {
      parts();
    }
  }

  @Override
  public void awaitAnswer(Duration timeout) throws InterruptedException {
    DatabaseParts made = parts;
    if (made != null) {
      made.mechanism.awaitAnswer(timeout);
    }
  }

  @Override
  public WorkerDoor open(WorkerContext context) {
    return parts().mechanism.open(context);
  }

  @Override
  public Optional<String> down(WorkerId worker) {
    DatabaseParts made = parts;
    return made == null ? Optional.empty() : made.mechanism.down(worker);
  }

  @Override
  public Optional<String> phaseReason() {
    DatabaseParts made = parts;
    return made == null ? Optional.empty() : made.mechanism.phaseReason();
  }

  @Override
  public void settingsChanged() {
    if (needed()) {
      parts().mechanism.settingsChanged();
    }
  }

  /** Returns what surfaces and services get: a service of its own, made when it is asked for. */
  ServiceFactory<Databases> databases() {
    return new Offered(this);
  }

  private record Offered(WhenNeeded whole) implements ServiceFactory<Databases> {
    @Override
    public Databases getService(Bundle bundle, ServiceRegistration<Databases> registration) {
      return whole.parts().databases;
    }

    @Override
    public void ungetService(
        Bundle bundle, ServiceRegistration<Databases> registration, Databases service) {
      // it is the same for all, and stays
    }
  }

  /** Ends every session and closes every database; makes no part any more. */
  void close() {
    DatabaseParts made;
    synchronized (this) {
      closed = true;
      made = parts;
    }
    if (made != null) {
      made.close();
    }
  }
}
