// SPDX-License-Identifier: Apache-2.0

/**
 * What mechanisms implement: other ways of running a worker, its databases, its shared memory.
 *
 * <p>Extensions never import this package. A mechanism is a bundle of the host that registers one
 * of these types as a service; the supervisor tracks them and refuses, at registration and in
 * words, whatever none of them offers.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.hostler.worker.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
