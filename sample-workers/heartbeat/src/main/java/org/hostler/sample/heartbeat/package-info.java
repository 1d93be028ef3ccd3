// SPDX-License-Identifier: Apache-2.0
/** A worker that logs a line at an interval: the Declarative Services style, to be copied. */
@NullMarked
package org.hostler.sample.heartbeat;

import org.jspecify.annotations.NullMarked;
