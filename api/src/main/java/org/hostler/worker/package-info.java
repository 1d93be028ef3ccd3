// SPDX-License-Identifier: Apache-2.0
/** Asking for background workers and being one. */
@Export
@Version("1.0.0")
@NullMarked
package org.hostler.worker;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
