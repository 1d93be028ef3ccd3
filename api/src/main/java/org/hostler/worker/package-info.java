// SPDX-License-Identifier: Apache-2.0

/**
 * Asking for background workers and being one.
 *
 * <p>A background worker is code of an extension that the host starts, watches, restarts and stops,
 * as PostgreSQL's postmaster does with the workers that modules register from {@code _PG_init}.
 * There are two kinds of users of this package.
 *
 * <p><b>Those who are a worker</b> implement {@link org.hostler.worker.WorkerMain} and offer it as
 * a service with the property {@code worker.function}. The host runs it with a {@link
 * org.hostler.worker.WorkerContext}: its {@link org.hostler.worker.Latch} is what to sleep on,
 * {@link org.hostler.worker.WorkerContext#checkForInterrupts()} is where requests are acted on.
 *
 * <p><b>Those who ask for a worker</b> describe it as a {@link org.hostler.worker.BackgroundWorker}
 * and hand that to the {@link org.hostler.worker.BackgroundWorkers} service, in one of three ways:
 *
 * <ol>
 *   <li>statically, from the activator of a bundle in {@code shared_preload_libraries}: the
 *       activator plays {@code _PG_init};
 *   <li>dynamically, at any time after preloading, which gives a {@link
 *       org.hostler.worker.BackgroundWorkerHandle};
 *   <li>by the annotation {@link org.hostler.worker.annotation.RegisterWorker} on a component.
 * </ol>
 *
 * <p><b>Lives.</b> A registration holds a slot and has one life after another. A life that returns
 * (status 0) ends the registration; one that throws (status 1) is followed by the next as its
 * {@link org.hostler.worker.RestartPolicy} says. A handle outlives neither host nor registration;
 * slot and generation never come back in the same instance.
 *
 * <p><b>Stopping.</b> A worker is asked through its latch, then interrupted, then, since a thread
 * cannot be killed on a JVM, abandoned: its slot stays taken and visible until its thread ends.
 *
 * <p><b>Warning.</b> A worker runs unchecked code with the host's rights. It sees all the host's
 * data and, as a thread, its memory. Only audited bundles belong into {@code
 * shared_preload_libraries}, {@code extensions/} and {@code deploy/}.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.hostler.worker;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
