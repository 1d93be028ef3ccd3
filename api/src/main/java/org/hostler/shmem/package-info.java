// SPDX-License-Identifier: Apache-2.0

/**
 * Named memory that workers share, whether they are threads of the host or child JVMs.
 *
 * <p>{@link org.hostler.shmem.SharedMemory} describes the door; a bundle of the host has to offer
 * it. Until one does, {@code context.sharedMemory()} says so. The flag {@code SHMEM_ACCESS} is on
 * every worker and is never the reason of a refusal.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.hostler.shmem;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
