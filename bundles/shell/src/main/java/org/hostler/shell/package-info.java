// SPDX-License-Identifier: Apache-2.0
/** The {@code bgw:} commands, {@code exec} and the attached shell. */
@NullMarked
package org.hostler.shell;

import org.jspecify.annotations.NullMarked;
