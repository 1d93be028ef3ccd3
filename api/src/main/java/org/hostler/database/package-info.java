// SPDX-License-Identifier: Apache-2.0

/**
 * Database sessions of workers.
 *
 * <p>A worker registered with {@code DATABASE_CONNECTION} connects once in its life, by name and
 * role or by OID, through {@link org.hostler.database.WorkerDatabase}, and runs transactions one
 * after another on its {@link org.hostler.database.DatabaseSession}. Beside it, or without that
 * flag, it may use ordinary connections from {@code dataSource(name)}.
 *
 * <p>Databases and roles are named in {@code conf/hostler.conf}; a database without a URL is an
 * embedded one, a file of the instance. The instance's own catalog, which a null database stands
 * for, numbers them: an OID is given at first sight of a name and never to another.
 *
 * <p>When a database goes away, the worker whose session it was fails as it would on PostgreSQL. If
 * it has a restart interval and the database does not answer, it is parked with {@code
 * DATABASE_DOWN}, uses up no limit, and starts when the database is back.
 *
 * <p>{@link org.hostler.database.Databases} is what shells and services see of all this. Until a
 * bundle of the host offers databases, a registration with {@code DATABASE_CONNECTION} is refused,
 * and {@code context.database()} says so.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.hostler.database;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
