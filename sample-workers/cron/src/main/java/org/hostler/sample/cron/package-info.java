// SPDX-License-Identifier: Apache-2.0
/** A small real scheduler in the manner of pg_cron. */
@NullMarked
package org.hostler.sample.cron;

import org.jspecify.annotations.NullMarked;
