// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hostler.database.WorkerDatabase;
import org.hostler.shmem.SharedMemory;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.WorkerContext;
import org.hostler.worker.WorkerId;
import org.hostler.worker.spi.DatabaseMechanism;
import org.hostler.worker.spi.SharedMemoryMechanism;

/** Mechanisms with doors that open, and fail to close. */
final class FakeDoors implements DatabaseMechanism, SharedMemoryMechanism {
  final List<WorkerContext> opened = new ArrayList<>();
  final List<String> closed = new ArrayList<>();
  final List<ExitStatus> endings = new ArrayList<>();

  /** What a door says of the end of a life. */
  Supplier<Ending> ending = () -> Ending.NONE;

  /** How many statements can still be cancelled. */
  int running;

  /** Why databases are down; empty when they are not. */
  String down = "";

  int cancelled;

  private final class Door
      implements DatabaseMechanism.WorkerDoor, SharedMemoryMechanism.WorkerDoor {
    private String what = "database";

    @Override
    public WorkerDatabase database() {
      return fake(WorkerDatabase.class);
    }

    @Override
    public SharedMemory sharedMemory() {
      what = "shared memory";
      return fake(SharedMemory.class);
    }

    @Override
    public boolean cancelStatement() {
      cancelled++;
      return running-- > 0;
    }

    @Override
    public Ending ending(ExitStatus status) {
      endings.add(status);
      return ending.get();
    }

    @Override
    public void close() {
      closed.add(what);
      throw new IllegalStateException("broken pipe");
    }
  }

  @Override
  public void follow(DatabaseListener listener) {
    // nothing holds the phases
  }

  @Override
  public Optional<String> down(WorkerId worker) {
    return Optional.of(down).filter(words -> !words.isEmpty());
  }

  @Override
  public Door open(WorkerContext context) {
    opened.add(context);
    return new Door();
  }

  private static <T> T fake(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            }));
  }
}
