// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

class DeployFilesTest extends DeployFixture {

  @Test
  void aJarRenamedInIsStarted_F20() throws Exception {
    open();
    drop("a.jar.part", jar("a", "1.0"));
    Files.move(
        deploy.resolve("a.jar.part"), deploy.resolve("a.jar"), StandardCopyOption.ATOMIC_MOVE);
    saidNext("started a 1.0.0");
  }

  @Test
  void aHalfCopiedJarIsNotInstalledAndTakenWhenItIsWhole_F20() throws Exception {
    open();
    byte[] inner = jar("inner", "1.0").bytes();
    byte[] bytes = jar("a", "1.0").stored("inner.jar", inner).bytes();
    int half = bytes.length - 40;
    Files.write(deploy.resolve("a.jar"), Arrays.copyOf(bytes, half));
    log.await("deploy file \"a.jar\": is cut off");
    assertThat(felix.has("a")).isFalse();
    Files.write(
        deploy.resolve("a.jar"),
        Arrays.copyOfRange(bytes, half, bytes.length),
        StandardOpenOption.APPEND);
    saidNext("started a 1.0.0");
    assertThat(log.lines("is cut off")).hasSize(1);
  }

  @Test
  void aFileOfOldTimeIsStillOnlyTakenWhenItIsWhole_F20() throws Exception {
    open();
    byte[] bytes = jar("a", "1.0").bytes();
    int half = bytes.length - 40;
    moveInAsOld(Arrays.copyOf(bytes, half));
    log.await("deploy file \"a.jar\": is cut off");
    assertThat(felix.has("a")).isFalse();
    moveInAsOld(bytes);
    saidNext("started a 1.0.0");
  }

  /** Moves a jar there that by its time was written long ago. */
  private void moveInAsOld(byte[] bytes) throws IOException {
    Path draft = Files.write(directory.resolve("draft"), bytes);
    Files.setLastModifiedTime(draft, FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));
    Files.move(draft, deploy.resolve("a.jar"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void whatIsNoBundleIsNamedOnceAndTheOldVersionGoesOn_F20() throws Exception {
    open();
    drop("a.jar", jar("a", "1.0"));
    saidNext("started a 1.0.0");
    Files.write(deploy.resolve("empty.jar"), new byte[0]);
    Files.writeString(deploy.resolve("notes.txt"), "hello");
    drop("plain.jar", TestJar.plain());
    Files.writeString(deploy.resolve("a.jar"), "garbage");
    log.await("\"empty.jar\": is empty");
    log.await("\"notes.txt\": is ignored: its name does not end in .jar");
    log.await("\"plain.jar\": is not a bundle");
    log.await("\"a.jar\": is not a jar");
    assertThat(felix.bundle("a").getState()).isEqualTo(Bundle.ACTIVE);
    assertThat(felix.rest()).isEmpty();
  }

  @Test
  void overwrittenInPlaceUpdatesWhateverTheVersionButATouchDoesNothing_F20() throws Exception {
    open();
    drop("a.jar", jar("a", "1.0"));
    saidNext("started a 1.0.0");
    drop("a.jar", jar("a", "1.0"));
    drop("b.jar", jar("b", "1.0"));
    saidNext("started b 1.0.0");
    drop("a.jar", jar("a", "1.0").entry("more.txt", "more"));
    saidNext("stopped a 1.0.0", "started a 1.0.0");
    drop("a.jar", jar("a", "0.5"));
    saidNext("stopped a 1.0.0", "started a 0.5.0");
  }

  @Test
  void aDirectoryThatComesLateOrAgainIsWatched() throws Exception {
    Files.delete(deploy);
    open();
    log.await("cannot be watched: it is looked at every second instead");
    Files.createDirectory(deploy);
    drop("a.jar", jar("a", "1.0"));
    saidNext("started a 1.0.0");
    Files.delete(deploy.resolve("a.jar"));
    Files.delete(deploy);
    saidNext("stopped a 1.0.0");
    Files.createDirectory(deploy);
    drop("b.jar", jar("b", "1.0"));
    saidNext("started b 1.0.0");
  }

  @Test
  void aFileThatCannotBeReadIsTriedAgain_F26() throws Exception {
    open();
    drop("a.jar", jar("a", "1.0"));
    saidNext("started a 1.0.0");
    Path store = directory.resolve("run/store");
    Files.move(store, directory.resolve("run/gone"));
    drop("b.jar", jar("b", "1.0"));
    log.await("deploy file \"b.jar\": cannot be read or kept");
    Files.move(directory.resolve("run/gone"), store);
    thread.run(directoryOfWatch::compare);
    saidNext("started b 1.0.0");
  }

  @Test
  void manyRoundsOfInstallingAndRemovingLeaveNothing_F27() throws Exception {
    open();
    for (int round = 0; round < 100; round++) {
      drop("a.jar", jar("a", "1." + round));
      saidNext("started a 1.%d.0".formatted(round));
      Files.delete(deploy.resolve("a.jar"));
      saidNext("stopped a 1.%d.0".formatted(round));
      TestFramework.await("a is uninstalled", () -> !felix.has("a"));
    }
    assertThat(felix.context().getBundles()).hasSize(1);
    assertThat(log.lines("WARN")).isEmpty();
  }

  @Test
  void classLoadersOfRemovedAndUpdatedJarsGo_F27() throws Exception {
    open();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      drop("a.jar", jar("a", "1." + round));
      felix.next();
      loaders.add(loader());
      drop("a.jar", jar("a", "2." + round));
      felix.next();
      felix.next();
      loaders.add(loader());
      Files.delete(deploy.resolve("a.jar"));
      felix.next();
      TestFramework.await("a is uninstalled", () -> !felix.has("a"));
    }
    TestFramework.await(
        "all class loaders are gone",
        () -> {
          System.gc();
          return loaders.stream().allMatch(loader -> loader.refersTo(null));
        });
  }

  private WeakReference<ClassLoader> loader() {
    return new WeakReference<>(felix.bundle("a").adapt(BundleWiring.class).getClassLoader());
  }
}
