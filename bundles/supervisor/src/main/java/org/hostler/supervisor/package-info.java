// SPDX-License-Identifier: Apache-2.0
/** The postmaster: one writer over the slot table, and everything that feeds it. */
@NullMarked
package org.hostler.supervisor;

import org.jspecify.annotations.NullMarked;
