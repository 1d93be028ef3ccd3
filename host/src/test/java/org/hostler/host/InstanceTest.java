// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceTest {

  @TempDir Path directory;
  private Path base;
  private Instance instance;

  @BeforeEach
  void makeInstance() throws IOException {
    base = Files.createDirectory(directory.resolve("instance"));
    NewInstance.fill(base);
    instance = new Instance(base);
  }

  @Test
  void aDirectoryWithoutConfigurationIsNoInstance() {
    assertThatThrownBy(() -> new Instance(directory).prepare())
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.status()).isEqualTo(Failure.USAGE))
        .hasMessageContaining("is no instance");
    assertThatThrownBy(() -> new Instance(directory.resolve("absent")).prepare())
        .hasMessageContaining("there is no such directory");
  }

  @Test
  void missingRunAndLogDirectoriesAreMadeAgainForTheirOwnerOnly() throws Exception {
    Files.delete(instance.run());
    Files.delete(instance.log());
    instance.prepare();
    assertThat(modeOf(instance.run())).isEqualTo("rwx------");
    assertThat(modeOf(instance.log())).isEqualTo("rwx------");
  }

  @ParameterizedTest
  @CsvSource({"data, rwxr-x---", "data, rwx-----x", "run, rwxrwxrwx", "run, rwx--x---"})
  void privateDirectoriesThatAreOpenToOthersAreRefused(String name, String mode) throws Exception {
    Files.setPosixFilePermissions(base.resolve(name), PosixFilePermissions.fromString(mode));
    assertThatThrownBy(instance::prepare)
        .hasMessageContaining("the directory %s is open to others".formatted(name))
        .hasMessageContaining(mode)
        .hasMessageContaining("hint: chmod 700");
  }

  @Test
  void onlySomethingElseThanASocketTakesTheSocketsPath() throws IOException {
    assertThat(instance.socketPathIsTaken()).isFalse();
    Path path = instance.run().resolve("control.sock");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
    }
    assertThat(instance.socketPathIsTaken()).isFalse();
    Files.delete(path);
    Files.createDirectory(path);
    assertThat(instance.socketPathIsTaken()).isTrue();
  }

  @Test
  void oneInstanceIsLockedOnce() throws IOException {
    try (InstanceLock lock = InstanceLock.take(instance).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(InstanceLock.take(instance)).isEmpty();
    }
    InstanceLock.take(instance).orElseThrow().close();
  }

  @Test
  void dataOfANewerHostlerAreRefusedAndOlderOnesAdopted() throws Exception {
    InstanceVersion.adopt(instance, "1.2.0");
    InstanceVersion.adopt(instance, "1.10.0-SNAPSHOT");
    assertThat(instance.data().resolve("HOSTLER_VERSION")).hasContent("1.10.0-SNAPSHOT");
    assertThatThrownBy(() -> InstanceVersion.adopt(instance, "1.9.9"))
        .hasMessageContaining("written by a newer Hostler")
        .hasMessageContaining("1.10.0-SNAPSHOT");
  }

  @ParameterizedTest
  @CsvSource({"1, 1.0, 0", "1.0, 1.0-SNAPSHOT, 0", "0.9, 0.10, -1", "2, 1.99.99, 1", "1.x, 1.0, 0"})
  void versionsAreComparedByTheirNumbers(String first, String second, int order) {
    assertThat(InstanceVersion.compare(first, second)).isEqualTo(order);
  }

  @Test
  void argumentsComeBackAsTheyWereGiven() throws IOException {
    var arguments = java.util.Map.of("a.b", "x=y # z", "c", "");
    Arguments.write(instance.arguments(), arguments);
    assertThat(Arguments.read(instance.arguments())).isEqualTo(arguments);
    assertThat(Arguments.read(base.resolve("absent"))).isEmpty();
  }

  @Test
  void aNewInstancePreloadsNothingAndWarns() throws IOException {
    String text = Files.readString(instance.conf());
    assertThat(text.lines().filter(line -> !line.isBlank())).allMatch(line -> line.startsWith("#"));
    assertThat(text).contains("#shared_preload_libraries = ''").contains("unchecked code");
    assertThat(Distribution.resource("hostler.conf"))
        .contains("\nshared_preload_libraries = 'org.hostler.sample.heartbeat'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", ".hidden"})
  void aDirectoryThatHoldsAnythingIsNotMadeAnInstance(String name) throws IOException {
    Path full = Files.createDirectory(directory.resolve("full"));
    Files.createFile(full.resolve(name));
    assertThatThrownBy(() -> NewInstance.make(full, new Distribution(directory)))
        .hasMessageContaining("is not empty");
    assertThat(full).isDirectoryContaining(path -> path.endsWith(name));
  }

  private static String modeOf(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
