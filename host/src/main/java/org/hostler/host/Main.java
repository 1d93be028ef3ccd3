// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code hostler}: one program, the host as well as the commands that talk to it.
 *
 * <p>{@code bin/hostler} has already changed to the instance's directory and says in {@code
 * hostler.base}, {@code hostler.home} and {@code hostler.caller} which that is, where the
 * distribution lies and where the user stood. Whatever goes wrong is told here, in words, and ends
 * in the exit status; no trace reaches the terminal.
 */
public final class Main {

  private final CommandLine line;
  private final Distribution distribution;
  private final Instance instance;

  private Main(CommandLine line) throws Failure {
    this.line = line;
    this.distribution = new Distribution(home());
    this.instance = new Instance(base());
  }

  /** Does what the arguments say and exits with the status of that. */
  public static void main(String[] args) {
    int status;
    Optional<Path> log = Optional.empty();
    try {
      CommandLine line = CommandLine.parse(args);
      Main main = new Main(line);
      log = Optional.of(main.instance.log()).filter(Files::isDirectory);
      status = main.run();
    } catch (Failure e) {
      FailureNote.write(e.getMessage());
      if (e.getCause() != null) {
        log.ifPresent(directory -> keep(directory, e));
      }
      status = e.status();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      status = Failure.REFUSED;
    } catch (Throwable e) {
      FailureNote.write("hostler failed unexpectedly: " + Words.of(e));
      log.map(directory -> keep(directory, e))
          .ifPresent(file -> System.err.println("detail: the trace is in " + file));
      status = Failure.REFUSED;
    }
    System.exit(status);
  }

  private static Path keep(Path directory, Throwable problem) {
    Path file = directory.resolve("hostler-cli.log");
    new Trouble(file).write("hostler", problem);
    return file;
  }

  private int run() throws Failure, InterruptedException {
    return switch (line.command()) {
      case INIT -> {
        Path directory = caller().resolve(line.operands().get(0)).normalize();
        System.out.print(NewInstance.make(directory, distribution));
        yield 0;
      }
      case RUN -> {
        new Host(instance, distribution, line.settings()).run();
        yield Failure.REFUSED;
      }
      case START -> {
        Starter starter = new Starter(instance, distribution);
        System.out.println(starter.start(line.settings(), line.timeout()));
        yield 0;
      }
      case STOP -> new Stopper(instance).stop(line.mode(), line.timeout());
      case RESTART -> {
        Starter starter = new Starter(instance, distribution);
        System.out.println(starter.restart(line.settings(), line.mode(), line.timeout()));
        yield 0;
      }
      case RELOAD -> ControlClient.request(instance, "reload", "", ControlClient.Output.TERMINAL);
      case STATUS -> status();
      case EXEC -> new Executor(instance).run(line.operands().get(0));
      case SHELL -> new ShellClient(instance).run();
      case VERSION -> {
        System.out.println("hostler " + Distribution.version());
        yield 0;
      }
      case HELP -> {
        System.out.print(Distribution.resource("help.txt"));
        yield 0;
      }
    };
  }

  /** Without {@code --json} the script answers from the pid file; here is the same for the rest. */
  private int status() throws Failure {
    instance.checkIsReachable();
    try {
      PidFile file = PidFile.live(instance).orElseThrow(() -> Failure.notRunning(instance));
      int status = 0;
      if (line.flag("json")) {
        status = ControlClient.request(instance, "status", "json", ControlClient.Output.TERMINAL);
      } else {
        System.out.println(
            "instance %s is running (pid %d): %s"
                .formatted(instance.base(), file.pid(), file.state()));
        file.readyLine().lines().forEach(System.out::println);
      }
      boolean ready = file.state().equals("run") || file.state().equals("hot_standby");
      return status == 0 && line.flag("ready") && !ready ? Failure.REFUSED : status;
    } catch (IOException e) {
      throw Failure.refusedBy(
          e, "%s cannot be read".formatted(instance.pidFile()), "detail: " + Words.of(e));
    }
  }

  private Path base() throws Failure {
    String told = System.getProperty("hostler.base");
    if (told != null) {
      return Path.of(told);
    }
    String named = line.base().orElse(System.getenv().getOrDefault("HOSTLER_BASE", ""));
    Path base = named.isEmpty() ? distribution.home() : caller().resolve(named).normalize();
    try {
      return Files.isDirectory(base) ? base.toRealPath() : base;
    } catch (IOException e) {
      throw Failure.refusedBy(e, "instance %s: cannot be read".formatted(base));
    }
  }

  private static Path caller() {
    return Path.of(System.getProperty("hostler.caller", "")).toAbsolutePath();
  }

  private static Path home() throws Failure {
    String told = System.getProperty("hostler.home");
    if (told != null) {
      return Path.of(told);
    }
    try {
      Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Optional.ofNullable(jar.toAbsolutePath().getParent())
          .map(Path::getParent)
          .orElseThrow(() -> Failure.refused("%s lies in no distribution".formatted(jar)));
    } catch (URISyntaxException e) {
      throw Failure.refusedBy(e, "hostler does not know where it lies");
    }
  }
}
