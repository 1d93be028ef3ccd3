// SPDX-License-Identifier: Apache-2.0

/**
 * Declaring workers on Declarative Services components.
 *
 * <p>{@link org.hostler.worker.annotation.WorkerFunction} names the function a component offers;
 * {@link org.hostler.worker.annotation.RegisterWorker} beside it registers a worker that runs it.
 * Both are component property types: they end up as properties of the component's service, where a
 * component configuration may override them, and are not seen at run time otherwise.
 *
 * <p>A component without {@code RegisterWorker} is a library function: it runs when somebody
 * registers a worker that names it.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.hostler.worker.annotation;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
