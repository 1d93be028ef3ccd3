// SPDX-License-Identifier: Apache-2.0
package org.hostler.database;

/**
 * One notification as it arrived, PostgreSQL's {@code NOTIFY} (contract N8).
 *
 * @param database the database it was sent in
 * @param channel its channel
 * @param payload its content; may be empty
 */
public record DatabaseNotification(String database, String channel, String payload) {}
