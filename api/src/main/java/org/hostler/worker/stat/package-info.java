// SPDX-License-Identifier: Apache-2.0

/**
 * Seeing what background workers do.
 *
 * <p>{@link org.hostler.worker.stat.WorkerStats} is the one service; everything else here is an
 * immutable value. A worker is seen from its registration on, whether it runs or not, as a {@link
 * org.hostler.worker.stat.WorkerStat}: its {@link org.hostler.worker.stat.WorkerState}, and, when
 * it does not run, the {@link org.hostler.worker.stat.WorkerReason}. What happens to it is a stream
 * of {@link org.hostler.worker.stat.WorkerEvent}s in one order for everybody; the newest are kept
 * as history and outlive the worker.
 *
 * <p>Surfaces (shell, metrics, consoles) and extensions that watch workers use this package.
 * Extensions that only run workers do not need it.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.hostler.worker.stat;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
