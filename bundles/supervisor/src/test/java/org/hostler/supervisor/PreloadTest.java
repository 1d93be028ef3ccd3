// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hostler.supervisor.TestActivators.Failing;
import org.hostler.supervisor.TestActivators.Hanging;
import org.hostler.supervisor.TestActivators.Journaling;
import org.hostler.worker.stat.HostStat;
import org.hostler.worker.stat.PreloadStat;
import org.hostler.worker.stat.WorkerState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.FrameworkStartLevel;

class PreloadTest {
  @TempDir Path directory;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final LoaderThread thread = new LoaderThread();
  private final Errands errands = new Errands();
  private final CapturedLog log = new CapturedLog();
  private volatile HostStat.Phase phase = HostStat.Phase.RUN;
  private Map<WorkerState, Integer> workers = Map.of(WorkerState.RUNNING, 1, WorkerState.READY, 2);
  private TestFramework felix;
  private Preload preload;

  @BeforeEach
  void makeInstance() throws Exception {
    Files.createDirectories(directory.resolve("extensions"));
    Files.createDirectories(directory.resolve("deploy"));
    felix = new TestFramework(directory);
  }

  @AfterEach
  void close() throws Exception {
    preload.close();
    felix.close();
    thread.close();
    errands.close();
    log.close();
  }

  private final class Core implements PreloadListener {
    @Override
    public void preloading(Bundle bundle) {
      said.add("preloading " + bundle.getSymbolicName());
    }

    @Override
    public void preloaded(Bundle bundle) {
      said.add("preloaded " + bundle.getSymbolicName());
    }

    @Override
    public void seal() {
      said.add("seal");
    }

    @Override
    public void phase(HostStat.Phase phase) {
      said.add("phase " + phase);
    }

    @Override
    public void awaitDatabase(Duration timeout) {
      said.add("database");
    }

    @Override
    public boolean awaitSettled(Duration timeout) {
      said.add("settled");
      return true;
    }
  }

  private void extension(String file, TestJar jar) {
    jar.writeTo(directory.resolve("extensions").resolve(file));
  }

  private static TestJar jar(String name, String version) {
    return TestJar.bundle(name, version).activator(Journaling.class);
  }

  private void start(String... entries) throws Exception {
    start(Duration.ofSeconds(60), entries);
  }

  private void start(Duration timeout, String... entries) throws Exception {
    BundleStore store = BundleStore.open(directory.resolve("run/store"));
    Installer installer = new Installer(felix.context(), store, thread);
    LibraryPath path = new LibraryPath(List.of("extensions", "$libdir"), directory, directory);
    Libraries libraries = new Libraries(felix.context(), path, installer);
    PreloadPlan plan = new PreloadPlan(List.of(entries), timeout, 50, 900);
    Preload.Door door =
        new Preload.Door(
            (key, text) -> said.add(key + " " + text),
            status -> said.add("exit " + status),
            Instant.EPOCH.toEpochMilli(),
            InstantSource.fixed(Instant.ofEpochMilli(1234)),
            this::host);
    preload =
        new Preload(
            felix.context(),
            plan,
            libraries,
            new ComponentStates(felix.context(), errands),
            new Core(),
            door,
            none -> said.add("deploy at " + level()));
    preload.open();
    felix.started();
  }

  private int level() {
    return felix.framework().adapt(FrameworkStartLevel.class).getStartLevel();
  }

  private HostStat host() {
    return new HostStat(phase, 1, "", "", "", "", Instant.EPOCH, Duration.ZERO, 256, 3, workers);
  }

  private String next() throws InterruptedException {
    String line = said.poll(20, TimeUnit.SECONDS);
    assertThat(line).as("the preload says something").isNotNull();
    return line;
  }

  private void failsWith(String... words) throws InterruptedException {
    String line = next();
    while (line.startsWith("preload")) {
      line = next();
    }
    assertThat(line).startsWith("error ").contains(words);
    assertThat(next()).isEqualTo("exit 1");
    assertThat(said).isEmpty();
  }

  @Test
  void entriesAreStartedInTheOrderOfTheListEachAtItsLevel_G4() throws Exception {
    extension("a.jar", jar("a", "1.0"));
    extension("b.jar", jar("b", "1.1"));
    extension("b2.jar", jar("b", "2.0"));
    start("b;[1,2)", "a");
    for (String expected :
        List.of(
            "preloading b", "preloaded b", "preloading a", "preloaded a", "seal", "phase run")) {
      assertThat(next()).isEqualTo(expected);
    }
    assertThat(felix.rest()).containsExactly("started b 1.1.0", "started a 1.0.0");
    assertThat(preload.stats())
        .containsExactly(
            new PreloadStat("b;[1,2)", "b", 1, "1.1.0", 50, "started"),
            new PreloadStat("a", "a", 2, "1.0.0", 51, "started"));
  }

  @Test
  void theHostIsReadyBeforeDeployAndTheShellComeUp() throws Exception {
    start();
    for (String expected :
        List.of(
            "seal",
            "phase run",
            "database",
            "settled",
            "ready ready in 1234 ms: 3 workers running",
            "deploy at 50")) {
      assertThat(next()).isEqualTo(expected);
    }
    TestFramework.await("the shell's level", () -> level() == 900);
    assertThat(preload.stats()).isEmpty();
  }

  @Test
  void theReadyLineNamesAStateThatItsDatabaseHolds_S1() throws Exception {
    phase = HostStat.Phase.HOT_STANDBY;
    start();
    String line = next();
    while (!line.startsWith("ready")) {
      line = next();
    }
    assertThat(line).isEqualTo("ready ready in 1234 ms: 3 workers running; state hot_standby");
  }

  @Test
  void theReadyLineNamesWorkersThatDoNotRun() throws Exception {
    workers = Map.of(WorkerState.BACKOFF, 1, WorkerState.PARKED, 2, WorkerState.PENDING, 3);
    start();
    String line = next();
    while (!line.startsWith("ready")) {
      line = next();
    }
    assertThat(line).isEqualTo("ready ready in 1234 ms: 0 workers running, 1 backoff, 2 parked");
  }

  @Test
  void aMissingEntryEndsTheStartBeforeAnythingIsStarted_G5() throws Exception {
    extension("a.jar", jar("org.acme.jobs", "1.0"));
    jar("x", "1.0").writeTo(directory.resolve("deploy/x.jar"));
    start("org.acme.jobs", "org.acme.job", "x");
    failsWith(
        "preload entry \"org.acme.job\": no such library is installed or on dynamic_library_path",
        "\ndetail: the path is extensions, $libdir",
        "\nhint: Did you mean \"org.acme.jobs\"?");
    assertThat(felix.rest()).isEmpty();
  }

  @Test
  void anEntryOfDeployIsNotFound_G5() throws Exception {
    jar("x", "1.0").writeTo(directory.resolve("deploy/x.jar"));
    start("x");
    failsWith("preload entry \"x\": no such library");
  }

  @Test
  void aCorruptEntryEndsTheStart_G5() throws Exception {
    byte[] bytes = jar("a", "1.0").stored("x", "some bytes".getBytes("UTF-8")).bytes();
    bytes[bytes.length - 300] ^= 1;
    Files.write(directory.resolve("extensions/a.jar"), bytes);
    start("a");
    failsWith("preload entry \"a\": its file is ", "extensions/a.jar");
  }

  @Test
  void anEntryThatCannotBeResolvedEndsTheStart_G5() throws Exception {
    extension("a.jar", jar("a", "1.0").imports("org.osgi.framework,org.slf4j.nope"));
    start("a");
    failsWith(
        "preload entry \"a\": cannot be resolved",
        "detail: bundle \"a\": needs package org.slf4j.nope; nobody offers it");
    assertThat(preload.stats().get(0).result()).startsWith("cannot be resolved");
  }

  @Test
  void anEntryWhoseActivatorThrowsEndsTheStart_G5() throws Exception {
    extension("a.jar", TestJar.bundle("a", "1.0").activator(Failing.class));
    extension("b.jar", jar("b", "1.0"));
    start("a", "b");
    failsWith(
        "preload entry \"a\": its activator failed",
        "detail: java.lang.IllegalStateException: boom; caused by"
            + " java.lang.IllegalArgumentException: bad egg");
    assertThat(felix.rest()).isEmpty();
  }

  @Test
  void anEntryWhoseActivatorHangsEndsTheStartAndSaysWhere_G5() throws Exception {
    extension("a.jar", TestJar.bundle("a", "1.0").activator(Hanging.class));
    start(Duration.ofSeconds(2), "a");
    failsWith("preload entry \"a\": its activator has not returned within 2s", "it is at ");
  }

  @Test
  void whatIsNoLibrarysNameEndsTheStart_G5() throws Exception {
    start("a;[1,");
    failsWith("preload entry \"a;[1,\": not the name of a library", "hint: Write a.b");
  }

  @Test
  void anEntryTwiceIsStartedOnce_G6() throws Exception {
    extension("a.jar", jar("a", "1.0"));
    start("a", "a");
    TestFramework.await("the end", () -> level() == 900);
    assertThat(felix.rest()).containsExactly("started a 1.0.0");
  }

  @Test
  void entriesMayNeedLaterOnes() throws Exception {
    extension("a.jar", jar("a", "1.0").imports("org.osgi.framework,p"));
    extension("b.jar", jar("b", "1.0").exports("p", "1.0"));
    start("a", "b");
    TestFramework.await("the end", () -> level() == 900);
    assertThat(felix.rest()).containsExactly("started a 1.0.0", "started b 1.0.0");
  }

  @Test
  void anEntryStoppedByHandShowsIt() throws Exception {
    extension("a.jar", jar("a", "1.0"));
    start("a");
    TestFramework.await("the end", () -> level() == 900);
    felix.bundle("a").stop();
    assertThat(preload.stats().get(0).result()).isEqualTo("started, stopped since");
    felix.bundle("a").uninstall();
    assertThat(preload.stats().get(0).result()).isEqualTo("started, uninstalled since");
  }

  @Test
  void aHostThatStopsMeanwhileIsNoFailure_F33() throws Exception {
    extension("a.jar", TestJar.bundle("a", "1.0").activator(Hanging.class));
    start("a");
    assertThat(next()).isEqualTo("preloading a");
    preload.close();
    felix.close();
    assertThat(said).isEmpty();
  }
}
