// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of every bundle but the distribution's own, once each, as {@code <sha-256>.jar}.
 *
 * <p>Bundles are installed from here by reference, so nobody is harmed when the jar they came from
 * is overwritten or removed, and child processes can install the very same files. A file is copied
 * first, then the copy is checked, then it gets its name at once: what has a name in the store is
 * whole. As the framework's cache is emptied at every start, so is the store: a file that was
 * damaged while the host was down is never used.
 *
 * <p>The methods may be called from any thread.
 */
final class BundleStore {
  private static final String SCHEME = "reference:";

  private final Path directory;
  private final AtomicLong drafts = new AtomicLong();

  private BundleStore(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens the store and removes what an earlier host left there.
   *
   * @param directory made when it is missing; nobody else may use it
   */
  static BundleStore open(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
    return new BundleStore(directory.toRealPath());
  }

  /**
   * Keeps the bytes of a jar, if it is a whole one.
   *
   * @return the file in the store
   * @throws UnusableJar if it is no whole jar
   * @throws IOException if it cannot be read, or the store not be written
   */
  Path keep(Path jar) throws IOException {
    // Numbered, not random: a host has its instance for itself, and SecureRandom costs start-up
    // time.
    Path draft = directory.resolve("draft-" + drafts.incrementAndGet() + ".tmp");
    try {
      MessageDigest digest = sha256();
      try (InputStream bytes = new DigestInputStream(Files.newInputStream(jar), digest)) {
        Files.copy(bytes, draft, StandardCopyOption.REPLACE_EXISTING);
      }
      Optional<String> problem = JarCheck.problem(draft);
      if (problem.isPresent()) {
        throw new UnusableJar(jar, problem.get());
      }
      // The same bytes under the same name: to replace a file that is in use harms nobody.
      return Files.move(draft, target(digest), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Keeps the bytes of a file that never changes any more, without copying them where the file
   * system can do so.
   *
   * @param file a file of the framework's cache
   * @return the file in the store
   */
  Path adopt(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      Files.copy(file, sink);
    }
    Path target = target(digest);
    if (!Files.exists(target)) {
      try {
        Files.createLink(target, file);
      } catch (FileAlreadyExistsException e) {
        return target;
      } catch (UnsupportedOperationException | FileSystemException e) {
        return keep(file);
      }
    }
    return target;
  }

  /** Tells whether a bundle of this location was installed from the store. */
  boolean holds(String location) {
    return location.startsWith(location(directory));
  }

  /** Returns the location by which the framework installs a file without copying it. */
  static String location(Path file) {
    return SCHEME + file.toUri();
  }

  /** Tells whether this location was made by {@link #location}. */
  static boolean byReference(String location) {
    return location.startsWith(SCHEME);
  }

  private Path target(MessageDigest digest) {
    return directory.resolve(HexFormat.of().formatHex(digest.digest()) + ".jar");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
