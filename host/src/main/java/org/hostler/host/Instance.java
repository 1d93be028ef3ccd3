// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A directory that a host lives in: {@code conf extensions deploy data run log}.
 *
 * <p>{@code data/} and {@code run/} hold what must not be read by others (databases, the control
 * socket) and are refused when they can be; {@code run/} and {@code log/} may be deleted while the
 * host is down and are made again. What others can write in {@code conf extensions deploy} is
 * warned of by the supervisor, which reads those.
 *
 * @param base the absolute directory
 */
record Instance(Path base) {

  private static final List<String> PRIVATE = List.of("data", "run");

  /** What a mode grants to the group and to others. */
  private static final int OF_OTHERS = 077;

  Path conf() {
    return base.resolve("conf").resolve("hostler.conf");
  }

  Path data() {
    return base.resolve("data");
  }

  Path run() {
    return base.resolve("run");
  }

  Path log() {
    return base.resolve("log");
  }

  Path lock() {
    return run().resolve("lock");
  }

  Path pidFile() {
    return run().resolve("hostler.pid");
  }

  /** The settings given by {@code -c} to the host that runs. */
  Path arguments() {
    return run().resolve("arguments");
  }

  Path cache() {
    return run().resolve("cache");
  }

  /** Where the cache of the run before waits to be removed. */
  Path oldCache() {
    return run().resolve("cache.old");
  }

  /** The pid of a start with the class-data archive, until that host is ready. */
  Path untried() {
    return run().resolve("classes.untried");
  }

  Path consoleLog() {
    return log().resolve("console.log");
  }

  /**
   * The control socket, relative when the working directory is the instance: the kernel takes 107
   * bytes of a socket's address and no more.
   */
  Path socket() {
    Path relative = Path.of("run", "control.sock");
    return Path.of("").toAbsolutePath().equals(base) ? relative : base.resolve(relative);
  }

  /** Refuses a directory that is no instance: wrong usage, exit status 2. */
  void checkIsOne() throws Failure {
    if (!Files.isDirectory(base)) {
      throw Failure.noInstance(
          "instance %s: there is no such directory".formatted(base),
          "hint: make one with hostler init DIR, or name another with --base DIR");
    }
    if (!Files.isRegularFile(conf())) {
      throw Failure.noInstance(
          "instance %s: the directory is no instance".formatted(base),
          "detail: it has no file conf/hostler.conf",
          "hint: make one with hostler init DIR, or name another with --base DIR");
    }
  }

  /** Refuses an instance whose host this user cannot talk to, whether it runs or not. */
  void checkIsReachable() throws Failure {
    checkIsOne();
    if (Files.isDirectory(run()) && !Files.isExecutable(run())) {
      throw Failure.refused(
          "instance %s: the directory run cannot be entered".formatted(base),
          "hint: only the user who owns the instance can talk to its host");
    }
  }

  /** Refuses an instance no host may run in, and makes what may be missing. */
  void prepare() throws Failure {
    checkIsOne();
    if (!Files.isReadable(conf())) {
      throw Failure.refused("instance %s: conf/hostler.conf cannot be read".formatted(base));
    }
    for (String name : List.of("extensions", "deploy", "data", "run", "log")) {
      makeDirectory(base.resolve(name));
    }
    for (String name : List.of("data", "run", "log")) {
      if (!Files.isWritable(base.resolve(name))) {
        throw Failure.refused(
            "instance %s: the directory %s cannot be written".formatted(base, name),
            "hint: start the host as the user who owns the instance");
      }
    }
    for (String name : PRIVATE) {
      checkPrivate(name);
    }
  }

  private void makeDirectory(Path directory) throws Failure {
    if (Files.isDirectory(directory)) {
      return;
    }
    String name = base.relativize(directory).toString();
    try {
      if (isPosix() && !name.equals("extensions") && !name.equals("deploy")) {
        Files.createDirectory(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectory(directory);
      }
    } catch (IOException e) {
      throw Failure.refusedBy(
          e,
          "instance %s: the directory %s cannot be made".formatted(base, name),
          "detail: " + Words.of(e),
          "hint: start the host as the user who owns the instance");
    }
  }

  private void checkPrivate(String name) throws Failure {
    if (!isPosix()) {
      return;
    }
    try {
      Path directory = base.resolve(name);
      // Not the set: making one of enum constants is reflection, which takes a start milliseconds.
      int mode = (Integer) Files.getAttribute(directory, "unix:mode");
      if ((mode & OF_OTHERS) != 0) {
        throw Failure.refused(
            "instance %s: the directory %s is open to others".formatted(base, name),
            "detail: its mode is "
                + PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)),
            "hint: chmod 700 " + directory);
      }
    } catch (IOException e) {
      throw Failure.refusedBy(
          e,
          "instance %s: the mode of the directory %s cannot be read".formatted(base, name),
          "detail: " + Words.of(e));
    }
  }

  /** Whether something lies at the socket's path that is no socket. */
  boolean socketPathIsTaken() throws IOException {
    Path path = base.resolve("run").resolve("control.sock");
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (!isPosix()) {
      return Files.isDirectory(path);
    }
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (mode & 0170000) != 0140000;
  }

  private boolean isPosix() {
    return base.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
