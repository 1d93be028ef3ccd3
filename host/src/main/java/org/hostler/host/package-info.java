// SPDX-License-Identifier: Apache-2.0
/** The launcher: a framework, an instance, a socket, and nothing else. */
@NullMarked
package org.hostler.host;

import org.jspecify.annotations.NullMarked;
