// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A PostgreSQL server of its own, in a temporary directory, with the extension that measures its
 * background workers; reached by a socket in that directory only.
 */
final class PostgresServer implements AutoCloseable {
  private static final String EXTENSION = "hostler_bench";

  /** Whom a server runs as when this program is root, which a server refuses to be. */
  private static final String USER = "postgres";

  private final Workplace workplace;
  private final Path directory;
  private final Path programs;

  private PostgresServer(Workplace workplace, Path programs) throws IOException {
    this.workplace = workplace;
    this.directory = workplace.directory().resolve("postgres");
    this.programs = programs;
    open(workplace.directory());
    Files.createDirectory(directory);
    open(directory);
  }

  /**
   * Makes and starts one.
   *
   * @param installation PostgreSQL
   * @param workers how many may live
   */
  static PostgresServer start(Installation installation, int workers)
      throws IOException, InterruptedException {
    PostgresServer server = new PostgresServer(new Workplace(), installation.programs());
    try {
      server.build(installation);
      server.initialize(workers);
      server.run("pg_ctl", "-D", server.data(), "-w", "-t", "60", "-l", server.log(), "start");
      server.sql(
          "create function hostler_bench(text, int) returns text language c strict as '%s', '%s'"
              .formatted(server.library(), EXTENSION));
      return server;
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /**
   * Where PostgreSQL is.
   *
   * @param version as it says itself
   * @param programs the directory of its programs
   * @param headers the directory of what extensions are compiled with
   * @param compiler the C compiler
   */
  record Installation(String version, Path programs, Path headers, Path compiler) {

    /**
     * Finds it.
     *
     * @param name of {@code pg_config}, or its path
     * @throws IOException if something is missing; the message says what
     */
    static Installation find(String name) throws IOException, InterruptedException {
      Path config = found(name);
      Path headers = Path.of(ask(config, "--includedir-server"));
      if (!Files.exists(headers.resolve("postgres.h"))) {
        throw new IOException("its headers are not in " + headers);
      }
      Path programs = Path.of(ask(config, "--bindir"));
      found(programs.resolve("initdb").toString());
      found(programs.resolve("psql").toString());
      return new Installation(ask(config, "--version"), programs, headers, found("cc"));
    }

    private static String ask(Path config, String what) throws IOException, InterruptedException {
      return Programs.run(new ProcessBuilder(config.toString(), what));
    }

    private static Path found(String name) throws IOException {
      return Programs.find(name).orElseThrow(() -> new IOException("there is no " + name));
    }
  }

  private void build(Installation installation) throws IOException, InterruptedException {
    Path source = directory.resolve(EXTENSION + ".c");
    try (InputStream in = PostgresServer.class.getResourceAsStream("/" + source.getFileName())) {
      Files.copy(Objects.requireNonNull(in), source);
    }
    Programs.run(
        new ProcessBuilder(
            installation.compiler().toString(),
            "-O2",
            "-fPIC",
            "-shared",
            "-I" + installation.headers(),
            "-o",
            library() + ".so",
            source.toString()));
    Files.setPosixFilePermissions(
        Path.of(library() + ".so"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** The server's durability is off, as nothing here is to be kept. */
  private void initialize(int workers) throws IOException, InterruptedException {
    run("initdb", "-D", data(), "-A", "trust", "-U", USER, "-N");
    String settings =
        """
        listen_addresses = ''
        unix_socket_directories = '%1$s'
        shared_preload_libraries = '%2$s'
        dynamic_library_path = '%1$s:$libdir'
        max_worker_processes = %3$d
        max_connections = 20
        shared_buffers = 256MB
        fsync = off
        synchronous_commit = off
        full_page_writes = off
        autovacuum = off
        log_min_messages = fatal
        """
            .formatted(directory, library(), workers);
    Path file = directory.resolve("settings");
    Files.writeString(file, settings);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    String include = "printf \"include '%s'\\n\" >> '%s/postgresql.conf'".formatted(file, data());
    Programs.run(as("sh", "-c", include));
  }

  /** Runs a statement and returns its rows as they are. */
  String sql(String statement) throws IOException, InterruptedException {
    return run("psql", "-XAtqh", directory.toString(), "-U", USER, "-c", statement, USER);
  }

  private String run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    return Programs.run(as(command.toArray(String[]::new)));
  }

  private ProcessBuilder as(String... command) {
    List<String> all = new ArrayList<>();
    if (root()) {
      all.addAll(List.of("setpriv", "--reuid", USER, "--regid", USER, "--clear-groups", "--"));
    }
    all.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(all).directory(directory.toFile());
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static boolean root() {
    return System.getProperty("user.name").equals("root");
  }

  /** Gives a directory to whom the server runs as, if that is somebody else. */
  private static void open(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    if (root()) {
      Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setOwner(
              path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
    }
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private String log() {
    return directory.resolve("server.log").toString();
  }

  /** Returns the extension's file, but for its ending. */
  private String library() {
    return directory.resolve(EXTENSION).toString();
  }

  @Override
  public void close() throws IOException {
    try {
      if (Files.exists(directory.resolve("data").resolve("postmaster.pid"))) {
        run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "-t", "60", "stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("PostgreSQL's server was not waited for", e);
    } finally {
      workplace.close();
    }
  }
}
