// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hostler.worker.BackgroundWorkers;
import org.hostler.worker.SettingsSnapshot;
import org.hostler.worker.spi.DatabaseMechanism;
import org.hostler.worker.spi.SharedMemoryMechanism;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * What every life in this JVM can reach; one object for all.
 *
 * @param settings the newest settings
 * @param workers the registration service as a bundle sees it
 * @param database the bundle that offers databases, or null
 * @param sharedMemory the bundle that offers shared memory, or null
 * @param foreign where hooks run that are not for the worker's thread; each on a thread of its own
 */
record LifeServices(
    Supplier<SettingsSnapshot> settings,
    Function<Bundle, BackgroundWorkers> workers,
    Supplier<@Nullable DatabaseMechanism> database,
    Supplier<@Nullable SharedMemoryMechanism> sharedMemory,
    Executor foreign) {}
