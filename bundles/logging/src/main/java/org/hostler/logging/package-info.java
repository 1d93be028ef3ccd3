// SPDX-License-Identifier: Apache-2.0
/**
 * The log: where it goes, what is in it, and what a line looks like.
 *
 * <p>A fragment of pax-logging-logback, which exports nothing of the logback it carries. logback
 * finds {@link org.hostler.logging.LogConfigurator} as a {@link java.util.ServiceLoader} service
 * and so never looks for an XML file: reading one costs 90 ms of a start, all of it before the
 * first worker runs.
 *
 * <p>Logging starts before the supervisor has read {@code conf/hostler.conf}. What is logged until
 * then waits in {@link org.hostler.logging.EarlyLines}. The supervisor hands the settings over
 * through a service of JDK types, {@code Consumer<Map<String, String>>} with the property {@code
 * hostler.logging=configure}, at its start and after every reload.
 */
@NullMarked
package org.hostler.logging;

import org.jspecify.annotations.NullMarked;
