// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

/**
 * Now, twice: what deadlines are made of and what people read.
 *
 * @param nanos monotonic nanoseconds, of no particular origin (contract X7)
 * @param millis wall-clock milliseconds since 1970
 */
record Moment(long nanos, long millis) {}
