// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.hostler.itests.postgres.PostgresServer;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/**
 * Everything that can be wrong with a database in a configuration: the worker that needs it ends
 * with 1, in words that name the database, and no password is ever shown or logged.
 */
public class BadDatabaseInputIT {
  private static final String RIGHT = "rIght-pa55word";
  private static final String WRONG = "wrOng-pa55word";

  @ClassRule public static final Instances INSTANCES = new Instances();
  @ClassRule public static final PostgresServer SERVER = PostgresServer.named("bad-input");

  private static Instance host;
  private static SqlWorkers workers;

  @BeforeClass
  public static void start() throws Exception {
    SERVER.execute("create role guarded login", "create role locked nologin");
    SERVER.requirePassword("guarded", RIGHT);
    host = INSTANCES.init("main");
    secret("right", RIGHT, "rw-------");
    secret("wrong", WRONG, "rw-------");
    secret("open", RIGHT, "rw-r--r--");
    secret("empty", "", "rw-------");
    for (String file : List.of("right", "wrong", "open", "empty", "missing")) {
      host.configure(
          "database.%s.url = '%s'".formatted(file, SERVER.url("postgres")),
          "database.%s.user = guarded".formatted(file),
          "database.%s.password_file = 'secrets/%s'".formatted(file, file));
    }
    host.configure(
        "database.nodriver.url = 'jdbc:acme://127.0.0.1/x'",
        "database.otherdriver.url = '" + SERVER.url("postgres") + "'",
        "database.otherdriver.driver = org.acme.NoDriver",
        "database.badurl.url = 'jdbc:postgresql://127.0.0.1:port/x'",
        "database.down.url = 'jdbc:postgresql://127.0.0.1:1/x'",
        "database.locked.url = '" + SERVER.url("postgres") + "'",
        "database.locked.user = locked",
        "role.guarded.password_file = 'secrets/wrong'",
        "database.asrole.url = '" + SERVER.url("postgres") + "'",
        "database.asrole.user = " + PostgresServer.USER);
    workers = SqlWorkers.on(host);
    host.start();
  }

  private static void secret(String name, String word, String permissions) throws IOException {
    Path secrets = Files.createDirectories(host.base().resolve("secrets"));
    Path file = Files.writeString(secrets.resolve(name), word + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  /** A worker ends with 1 and says why; a statement is refused with the same words. */
  private static void refused(String where, String sqlState, String... words) {
    String database = where.split(" ")[0];
    String name = "w" + where.replace(' ', '-');
    workers.connect(name, where);
    Await.until("end of " + name, () -> host.events(name).contains("unregistered"));
    JsonNode exit = workers.lastEvent(name, "exited");
    assertThat(exit.path("status").asInt()).isEqualTo(1);
    assertThat(exit.path("detail").asText()).contains(database).contains(words);
    Outcome outcome =
        where.contains(" ")
            ? host.exec("bgw:sql --role %s %s 'select 1'".formatted(where.split(" ")[1], database))
            : workers.sql(database, "select 1");
    outcome.refused(1, words).refused(1, "SQLSTATE " + sqlState);
    assertNoPassword(outcome.toString());
    assertNoPassword(exit.toString());
    assertNoPassword(host.exec("bgw:history --json " + name).toString());
  }

  private static void assertNoPassword(String text) {
    assertThat(text).doesNotContain(RIGHT, WRONG);
  }

  @Test
  public void theRightPasswordIsAccepted() {
    workers.sql("right", "select 1").ok();
    workers.connect("right", "right");
    host.awaitState("right", "ready");
    host.exec("bgw:terminate --wait right").ok();
  }

  @Test
  public void aWrongPasswordIsRefused_D4() {
    refused("wrong", "28P01", "password authentication failed");
    refused("asrole guarded", "28P01", "password authentication failed");
  }

  @Test
  public void aPasswordFileThatOthersCanReadIsRefused() {
    refused("open", "F0000", "secrets/open", "others");
  }

  @Test
  public void aPasswordFileThatIsMissingOrEmptyIsRefused() {
    refused("missing", "F0000", "secrets/missing");
    refused("empty", "F0000", "secrets/empty");
  }

  @Test
  public void aDriverThatNobodyOffersIsNamed() {
    refused("nodriver", "58P01", "jdbc:acme:");
    refused("otherdriver", "58P01", "org.acme.NoDriver");
  }

  @Test
  public void aUrlThatItsDriverDoesNotUnderstandIsRefused() {
    refused("badurl", "F0000", "127.0.0.1:port");
  }

  @Test
  public void aDatabaseThatIsNotThereIsDown() {
    refused("down", "08001", "127.0.0.1:1");
  }

  @Test
  public void whomTheServerDoesNotLetInIsRefused_D4() {
    refused("locked", "28000", "not permitted to log in");
    refused("asrole locked", "28000", "locked", "not permitted to log in");
    refused("asrole nobody", "28000", "nobody", "does not exist");
  }

  @Test
  public void aPasswordInAUrlIsNotTakenIntoTheConfiguration() throws IOException {
    Instance other = INSTANCES.init("other");
    other.configure("database.x.url = 'jdbc:postgresql://h/x?user=u&password=" + WRONG + "'");
    Outcome refusal = other.hostler("start").refused(1, "database.x.url", "password_file");
    assertNoPassword(refusal.toString());
  }

  @Test
  public void noPasswordIsInAnyFileOfTheInstanceButItsOwn() throws IOException {
    refused("wrong", "28P01", "password authentication failed");
    assertNoPassword(host.exec("bgw:settings --json").ok().out());
    assertNoPassword(host.exec("bgw:databases --json").ok().out());
    Files.walkFileTree(host.base(), new PasswordSearch(host.base().resolve("secrets")));
  }

  /** Reads every file but those of one directory; some the host makes and removes meanwhile. */
  private static final class PasswordSearch extends SimpleFileVisitor<Path> {
    private final Path secrets;

    PasswordSearch(Path secrets) {
      this.secrets = secrets;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return directory.equals(secrets) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      try {
        if (attributes.isRegularFile()) {
          assertNoPassword(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
        return FileVisitResult.CONTINUE;
      } catch (NoSuchFileException gone) {
        return visitFileFailed(file, gone);
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }
}
