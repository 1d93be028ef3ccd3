// SPDX-License-Identifier: Apache-2.0
/** Sessions of workers on databases. */
@NullMarked
package org.hostler.database.jdbc;

import org.jspecify.annotations.NullMarked;
