// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** The class-data archive: made in the background, used by the next start, harmless if broken. */
public class ClassArchiveIT {
  /** A training run leaves the processors to everybody else. */
  private static final Duration LONG = Duration.ofMinutes(5);

  @Rule public final Instances instances = new Instances();
  private Instance host;

  @Before
  public void init() throws IOException {
    host = instances.init("main");
    host.configure("shared_preload_libraries = 'org.hostler.sample.heartbeat'");
  }

  private Outcome start() {
    return start(Commands.distribution());
  }

  private Outcome start(Path distribution) {
    return Commands.shell(
        "HOSTLER_CLASS_ARCHIVE=on '%s/bin/hostler' --base '%s' start"
            .formatted(distribution, host.base()));
  }

  private void stop() {
    host.stop().ok();
  }

  private List<Path> archives() {
    try (Stream<Path> files = Files.list(host.base().resolve("run"))) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Starts the host, waits for the archive that it makes, and stops it. Nobody works on an archive
   * when this returns: a training run that had begun before would replace the one it found.
   */
  private Path make() throws IOException {
    start().ok();
    Await.until(LONG, "class-data archive", () -> archives().size() == 1);
    stop();
    awaitEndOfTraining();
    Path archive = archives().get(0);
    Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-------"));
    return archive;
  }

  /** A host that ended while it begins a training run would leave one that never ends. */
  private void awaitTraining() {
    Path trained = host.base().resolve("run/training/run/hostler.pid");
    Await.until(LONG, "training run", () -> Files.exists(trained) || archives().size() == 1);
  }

  private void awaitEndOfTraining() {
    Path training = host.base().resolve("run/training");
    Await.until(LONG, "end of training", () -> !Files.exists(training));
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private boolean isUsed() {
    return Arrays.stream(host.host().info().arguments().orElseThrow())
        .anyMatch(argument -> argument.startsWith("-XX:SharedArchiveFile="));
  }

  private void assertWorks() {
    host.awaitState("heartbeat", "running");
  }

  @Test
  public void isMadeWhenTheHostIsReadyAndUsedByTheNextStart() throws IOException {
    start().ok();
    assertThat(isUsed()).isFalse();
    assertWorks();
    awaitTraining();
    stop();
    awaitEndOfTraining();
    Path archive = make();
    start().ok();
    assertThat(isUsed()).isTrue();
    assertWorks();
    assertThat(host.base().resolve("run/classes.untried")).doesNotExist();
    assertThat(archives()).containsExactly(archive);
  }

  @Test
  public void isMadeAnewWhenAJarIsAnotherOne() throws IOException {
    Path copy = instances.directory().resolve("distribution");
    Trees.copy(Commands.distribution(), copy);
    start(copy).ok();
    Await.until(LONG, "class-data archive", () -> archives().size() == 1);
    Path old = archives().get(0);
    stop();
    awaitEndOfTraining(); // a host that finds it going on begins none
    Path jar;
    try (Stream<Path> jars = Files.list(copy.resolve("bundles/900"))) {
      jar = jars.filter(file -> file.toString().contains("shell")).findFirst().orElseThrow();
    }
    Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
    start(copy).ok();
    assertThat(isUsed()).isFalse();
    Await.until(LONG, "new archive", () -> archives().size() == 1 && !archives().contains(old));
  }

  @Test
  public void thatIsCutShortIsPassedOver() throws IOException {
    Path archive = make();
    long whole = Files.size(archive);
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
      file.setLength(whole / 2);
    }
    start().ok();
    assertThat(isUsed()).isFalse();
    assertWorks();
    Await.until(LONG, "new archive", () -> archives().stream().anyMatch(ClassArchiveIT::isWhole));
  }

  @Test
  public void thatIsSomethingElseIsPassedOver() throws IOException {
    Path archive = make();
    overwrite(archive);
    start().ok();
    assertWorks();
  }

  @Test
  public void withWhichTheJvmDiesCostsOneStart() throws IOException {
    Path archive = make();
    byte[] damaged = Files.readAllBytes(archive);
    int from = damaged.length / 4;
    for (int i = from; i < from + 60_000; i += 97) {
      damaged[i] ^= 0x5a;
    }
    Files.write(archive, damaged);
    if (start().exit() == 0) {
      stop(); // another JVM may not mind
    }
    start().ok();
    assertWorks();
  }

  @Test
  public void withWhichAStartWasKilledIsMadeAnew() throws IOException {
    Path archive = make();
    FileTime made = Files.getLastModifiedTime(archive);
    Files.createFile(host.base().resolve("run/classes.untried"));
    start().ok();
    assertThat(isUsed()).isFalse();
    assertWorks();
    Await.until(LONG, "new archive", () -> archives().size() == 1);
    assertThat(Files.getLastModifiedTime(archives().get(0))).isGreaterThan(made);
    assertThat(host.base().resolve("run/classes.untried")).doesNotExist();
  }

  /** Tells whether it is as long as its name says. */
  private static boolean isWhole(Path archive) {
    try {
      return archive.toString().endsWith("-" + Files.size(archive) + ".jsa");
    } catch (NoSuchFileException replaced) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void overwrite(Path file) throws IOException {
    byte[] noise = new byte[(int) Files.size(file)];
    new Random(7).nextBytes(noise);
    Files.write(file, noise);
  }
}
