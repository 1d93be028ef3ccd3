// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The instance's class-data archive, which saves the next start the parsing and verifying of some
 * two thousand classes.
 *
 * <p>{@code bin/hostler} uses {@code run/classes-….jsa} of this JVM and this distribution when it
 * is there, and else names it in the property {@code hostler.archive}. Then, once the host is
 * ready, a <em>training run</em> makes it: another host of the distribution's own bundles, niced,
 * in an instance of its own below {@code run/}, that asks itself a few things and ends. It goes on
 * when this host stops meanwhile, and removes what it needed. No host ever depends on the archive:
 * the JVM passes over one that is missing, cut short or made by another JVM. What it does not look
 * at is damage in the middle, of which it, or the code in it, may die in any way: so the script
 * leaves its pid before it uses an archive, {@link #works} removes that once the host is ready, and
 * a start that finds one of a process that is gone removes the archive. So does a start after one
 * that failed for another reason; a new archive costs little.
 */
final class ClassArchive {

  /** In the environment of a training run: the archive to make, but for its size and ending. */
  private static final String TRAINING = "HOSTLER_TRAINING";

  /** Niced to the last, it may get a hundredth of the processors of a busy machine. */
  private static final Duration LONGEST_TRAINING = Duration.ofMinutes(4);

  private final Instance instance;
  private final Distribution distribution;
  private final Trouble trouble;

  ClassArchive(Instance instance, Distribution distribution, Trouble trouble) {
    this.instance = instance;
    this.distribution = distribution;
    this.trouble = trouble;
  }

  static boolean isTraining() {
    return System.getenv(TRAINING) != null;
  }

  /** Says that this process, and nobody else's, has worked with the archive it was given. */
  void works() {
    Path untried = instance.untried();
    try {
      String mine = Long.toString(ProcessHandle.current().pid());
      if (Files.exists(untried) && Files.readString(untried).strip().equals(mine)) {
        Files.delete(untried);
      }
    } catch (IOException e) {
      trouble.write("the next start will do without its class-data archive", e);
    }
  }

  /** Starts the training run if the script wants an archive; called when the host is ready. */
  void makeIfWanted() {
    String archive = System.getProperty("hostler.archive");
    if (archive == null) {
      return;
    }
    Path base = instance.run().resolve("training");
    try {
      removeLeftOver(base);
      Files.createDirectory(base);
      NewInstance.fill(base.toRealPath());
      preloadSample(base);
      train(base.toRealPath(), instance.base().resolve(archive));
    } catch (FileAlreadyExistsException inHand) {
      // The training run of a host that has just stopped goes on.
      return;
    } catch (IOException e) {
      trouble.write("the class-data archive cannot be made; starts are slower without it", e);
    }
  }

  /**
   * Has the training host preload what the distribution preloads, so that the classes of that way
   * are in the archive as well, down to the XML parser that reads a component's description.
   */
  private void preloadSample(Path base) throws IOException {
    if (distribution.hasSample()) {
      Files.writeString(new Instance(base).conf(), Distribution.resource("hostler.conf"));
    }
  }

  private void train(Path base, Path archive) throws IOException {
    List<String> command = new ArrayList<>();
    Programs.find("setsid").ifPresent(command::add);
    Programs.find("nice").ifPresent(nice -> command.addAll(List.of(nice, "-n", "19")));
    command.addAll(List.of(distribution.script().toString(), "--base", base.toString(), "run"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(base.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(base.resolve("log").resolve("console.log").toFile());
    builder.environment().put(TRAINING, archive.toString());
    builder.environment().put("TERM", "xterm");
    builder.environment().remove(FailureNote.VARIABLE);
    builder.start();
  }

  private static void removeLeftOver(Path base) throws IOException {
    Optional<Long> age =
        Files.exists(base)
            ? Optional.of(System.currentTimeMillis() - Files.getLastModifiedTime(base).toMillis())
            : Optional.empty();
    if (age.filter(millis -> millis > LONGEST_TRAINING.toMillis()).isEmpty()) {
      return;
    }
    Trees.delete(base);
  }

  /**
   * What a training host does when it is ready: goes once through what hosts are asked most, so
   * that those classes are in the archive as well.
   */
  static void train(Instance instance, Runnable whenDone) {
    Thread limit =
        new Thread(
            () -> {
              try {
                TimeUnit.SECONDS.sleep(LONGEST_TRAINING.toSeconds() / 2);
                Runtime.getRuntime().halt(Failure.REFUSED);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "hostler-training-limit");
    limit.setDaemon(true);
    limit.start();
    Thread thread =
        new Thread(
            () -> {
              try {
                ControlClient.request(instance, "status", "json", ControlClient.Output.TERMINAL);
                ControlClient.request(instance, "exec", "bgw:list", ControlClient.Output.TERMINAL);
                ShellClient.visit(instance);
              } catch (Failure e) {
                System.err.println(e.getMessage());
              } finally {
                whenDone.run();
              }
            },
            "hostler-training");
    thread.setDaemon(true);
    thread.start();
  }
}
