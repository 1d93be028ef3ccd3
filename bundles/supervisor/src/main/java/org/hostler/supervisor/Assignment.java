// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import org.hostler.worker.SettingSource;

/**
 * A value that a file or the command line gives to a name; nothing of it has been checked yet.
 *
 * @param name as it was written
 * @param value without quotes
 * @param source which of the four it is from
 * @param where the place in that
 */
record Assignment(String name, String value, SettingSource source, Place where) {}
