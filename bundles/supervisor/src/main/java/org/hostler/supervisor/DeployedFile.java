// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * What is known of one file in {@code deploy/}. Only the loader's thread touches it.
 *
 * <p>A file <em>owns</em> a bundle from the moment it was installed from it, or updated to it,
 * until another file supersedes it. Only the owner's change updates the bundle, and only its
 * removal uninstalls it.
 */
final class DeployedFile {
  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration SLOW_TICK = Duration.ofSeconds(3);

  private final Path path;

  /** The stamp at the last look; a file is examined when two looks see the same. */
  Optional<Stamp> seen = Optional.empty();

  /** The stamp of the bytes that were examined last. */
  Optional<Stamp> examined = Optional.empty();

  /** Whether something has happened to the file since it was examined. */
  boolean touched = true;

  /** Whether its bytes could not be read or kept, so that it is tried again without a change. */
  boolean unread;

  /** What was last logged of it, and of which bytes; the same is not said again. */
  String said = "";

  /** Whether a second look is under way. */
  boolean settling;

  /** The examined bytes in the store; null when they are no bundle. */
  @Nullable Path kept;

  /** The bundle it owns, which may have been uninstalled by somebody; null when it owns none. */
  @Nullable Bundle bundle;

  /** The symbolic name of the bundle in whose favour it was refused; empty when it was not. */
  Optional<String> refusedFor = Optional.empty();

  /** Whether it lay there when the host started. */
  boolean first;

  /** Size, time and identity of a file: what changes when it is written or replaced. */
  record Stamp(long size, FileTime time, Optional<Object> identity) {

    /**
     * Whether by its time nobody writes the file: it was last written longer ago than the clocks of
     * file systems tick. A time of whole seconds may be of one that ticks in two of them.
     */
    boolean atRest(Instant now) {
      Instant written = time.toInstant();
      Duration tick = written.getNano() == 0 ? SLOW_TICK : TICK;
      return written.isBefore(now.minus(tick)); // so, since a file's time may be any
    }
  }

  DeployedFile(Path path) {
    this.path = path;
  }

  /** The file. */
  Path path() {
    return path;
  }

  /** Reads the stamp the file has now; empty when there is no such file. */
  Optional<Stamp> stamp() throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return now.isDirectory()
          ? Optional.empty()
          : Optional.of(
              new Stamp(now.size(), now.lastModifiedTime(), Optional.ofNullable(now.fileKey())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The bundle it owns, if that is still installed. */
  Optional<Bundle> owned() {
    return Optional.ofNullable(bundle).filter(own -> own.getState() != Bundle.UNINSTALLED);
  }

  /** The file's name, as people know it. */
  @Override
  public String toString() {
    return path.getFileName().toString();
  }
}
