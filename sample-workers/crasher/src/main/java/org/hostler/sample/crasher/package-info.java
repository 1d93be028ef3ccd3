// SPDX-License-Identifier: Apache-2.0
/** A worker that misbehaves in every way there is, on request: the activator style. */
@NullMarked
package org.hostler.sample.crasher;

import org.jspecify.annotations.NullMarked;
