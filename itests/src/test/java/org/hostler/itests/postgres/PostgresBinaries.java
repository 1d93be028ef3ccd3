// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.hostler.itests.blackbox.Trees;

/**
 * PostgreSQL's programs and an empty cluster made by {@code initdb}, both once for all tests of a
 * build: a server begins with a copy of that cluster, which takes a tenth of the time.
 *
 * <p>They lie in {@code target/postgres}. PostgreSQL refuses to run as root; for root, whom a
 * container often has as its only user, its programs are run in a user name space of their own.
 */
final class PostgresBinaries {
  private static final Object ONCE = new Object();
  private static final int EXECUTABLE = 0100;

  private PostgresBinaries() {}

  /** Returns the directory of all servers. */
  static Path directory() {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("target/postgres");
  }

  /** Returns the command line of one of PostgreSQL's programs. */
  static List<String> command(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(unpacked().resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs one of PostgreSQL's programs to its end. */
  static void run(String program, String... arguments) throws IOException {
    Path output = Files.createTempFile(Files.createDirectories(directory()), program, ".out");
    try {
      Process process =
          new ProcessBuilder(command(program, arguments))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(program + " does not end: " + Files.readString(output));
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            program + " ended with " + process.exitValue() + ": " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(program + " was interrupted", e);
    } finally {
      Files.delete(output);
    }
  }

  /** Makes a cluster in a directory that does not exist; its one user is {@code postgres}. */
  static void makeCluster(Path data) throws IOException {
    Path model = directory().resolve("cluster");
    synchronized (ONCE) {
      if (!Files.exists(model)) {
        Path part = directory().resolve("cluster.part");
        Trees.delete(part);
        run(
            "initdb",
            "--pgdata=" + part,
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync");
        Files.move(part, model);
      }
    }
    Trees.copy(model, data);
  }

  private static Path unpacked() throws IOException {
    synchronized (ONCE) {
      Path programs = directory().resolve("programs");
      if (!Files.exists(programs)) {
        Path part = directory().resolve("programs.part");
        Trees.delete(part);
        unpack(part);
        Files.move(part, programs);
      }
      return programs;
    }
  }

  private static void unpack(Path directory) throws IOException {
    String system = System.getProperty("os.name").replaceFirst(" .*", "").toLowerCase(Locale.ROOT);
    try (InputStream packed =
            DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                system.equals("mac") ? "darwin" : system, System.getProperty("os.arch"));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new XZCompressorInputStream(new BufferedInputStream(packed)))) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        Path file = directory.resolve(entry.getName()).normalize();
        if (!file.startsWith(directory)) {
          throw new IOException(entry.getName() + " leads out of the archive");
        }
        put(tar, entry, file);
      }
    }
  }

  private static void put(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(tar, file);
      if ((entry.getMode() & EXECUTABLE) != 0 && !file.toFile().setExecutable(true)) {
        throw new IOException(file + " cannot be made executable");
      }
    } else {
      throw new IOException(entry.getName() + " is neither file, directory nor link");
    }
  }

  private static boolean isRoot() throws IOException {
    Path directory = Files.createDirectories(directory());
    return directory.getFileSystem().supportedFileAttributeViews().contains("unix")
        && Integer.valueOf(0).equals(Files.getAttribute(directory, "unix:uid"));
  }
}
