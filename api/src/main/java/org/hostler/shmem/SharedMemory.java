// SPDX-License-Identifier: Apache-2.0
package org.hostler.shmem;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A worker's door to named shared memory, PostgreSQL's named DSM segments (contract M8, M9).
 *
 * <p>A segment is the same bytes for every worker of the host, in a thread or in a child JVM.
 */
@ProviderType
public interface SharedMemory {

  /**
   * Returns a segment, creating and initialising it when it does not exist.
   *
   * @param name 1 to 63 characters
   * @param size its size in bytes, more than 0
   * @param initializer run by whoever creates it, once; when it throws, the next caller is the
   *     initialiser again
   * @return the segment's bytes, mapped for this life
   * @throws IllegalArgumentException when the name or size is out of range, or the segment exists
   *     with another size
   */
  ByteBuffer getOrCreate(String name, int size, Initializer initializer);

  /** Fills a new segment. */
  @ConsumerType
  @FunctionalInterface
  interface Initializer {
    /**
     * Fills the segment, which is zeroed.
     *
     * @param segment its bytes
     */
    void initialize(ByteBuffer segment);
  }
}
