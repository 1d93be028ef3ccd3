// SPDX-License-Identifier: Apache-2.0
package org.hostler.database;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement returned; immutable.
 *
 * @param columns the names of the columns; empty when it returned no rows by nature
 * @param rows the rows, each value as text; null for SQL's null
 * @param changed how many rows it changed; 0 for a query
 */
public record StatementResult(
    List<String> columns, List<List<@Nullable String>> rows, long changed) {}
