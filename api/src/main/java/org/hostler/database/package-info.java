// SPDX-License-Identifier: Apache-2.0

/**
 * Database sessions of workers.
 *
 * <p>A worker registered with {@code DATABASE_CONNECTION} connects once in its life, by name and
 * role or by OID, through {@link org.hostler.database.WorkerDatabase}, and runs transactions one
 * after another on its {@link org.hostler.database.DatabaseSession}. Beside it, or without that
 * flag, it may use ordinary connections from {@code dataSource(name)}.
 *
 * <p>These types describe the door; a bundle of the host has to offer it. Until one does, a
 * registration with {@code DATABASE_CONNECTION} is refused, and {@code context.database()} says so.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.hostler.database;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
