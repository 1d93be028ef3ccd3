// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * The floors of the architecture, read off the manifests of the distribution's own jars: who may
 * import what, and who offers what.
 *
 * <p>A floor sees those below it through the API's packages and nothing beside it; so no bundle of
 * Hostler's but the API exports a package, and none imports another's.
 */
public class ManifestIT {
  private static final Pattern PACKAGE = Pattern.compile("(?:^|,)([\\w.]+)(?=[;,]|$)");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

  @Test
  public void theApiOffersItsPackagesAndNeedsTheJdkOnly() throws IOException {
    Attributes api = manifest("bundles/05", "org.hostler.api");
    assertThat(exports(api))
        .containsExactly(
            "org.hostler.database",
            "org.hostler.shmem",
            "org.hostler.worker",
            "org.hostler.worker.annotation",
            "org.hostler.worker.spi",
            "org.hostler.worker.stat");
    // It imports what it exports, so that two copies of it in a framework become one.
    assertThat(foreign(imports(api))).isSubsetOf(exports(api));
  }

  @Test
  public void theSupervisorIsAMechanism() throws IOException {
    Attributes supervisor = manifest("bundles/05", "org.hostler.supervisor");
    assertThat(exports(supervisor)).isEmpty();
    assertThat(foreign(imports(supervisor)))
        .isSubsetOf(
            "org.hostler.database",
            "org.hostler.shmem",
            "org.hostler.worker",
            "org.hostler.worker.spi",
            "org.hostler.worker.stat",
            "com.fasterxml.jackson.core",
            "org.osgi.framework",
            "org.osgi.framework.dto",
            "org.osgi.framework.startlevel",
            "org.osgi.framework.wiring",
            "org.osgi.service.cm",
            "org.osgi.service.component.runtime",
            "org.osgi.service.component.runtime.dto",
            "org.osgi.util.promise",
            "org.osgi.util.tracker",
            "org.slf4j",
            "org.slf4j.event",
            "org.slf4j.spi");
  }

  @Test
  public void databasesAreAMechanism() throws IOException {
    Attributes database = manifest("bundles/20", "org.hostler.database");
    assertThat(exports(database)).isEmpty();
    assertThat(foreign(imports(database)))
        .contains("org.hostler.worker.spi", "org.osgi.service.jdbc")
        .isSubsetOf(
            "com.zaxxer.hikari",
            "org.hostler.database",
            "org.hostler.worker",
            "org.hostler.worker.spi",
            "org.hostler.worker.stat",
            "org.osgi.framework",
            "org.osgi.service.jdbc",
            "org.osgi.util.tracker",
            "org.slf4j");
  }

  @Test
  public void theLogsFragmentAddsNothingToItsHostsImports() throws IOException {
    Attributes logging = manifest("bundles/01", "org.hostler.logging");
    assertThat(logging.getValue("Fragment-Host")).startsWith("org.ops4j.pax.logging");
    assertThat(imports(logging)).isEmpty();
    assertThat(exports(logging)).isEmpty();
  }

  @Test
  public void theShellIsASurface() throws IOException {
    Attributes shell = manifest("bundles/900", "org.hostler.shell");
    assertThat(exports(shell)).isEmpty();
    assertThat(foreign(imports(shell)))
        .contains("org.hostler.worker.stat")
        .doesNotContain("org.hostler.worker.spi")
        .allMatch(
            name ->
                name.matches("org\\.hostler\\.(database|worker(\\.stat)?)")
                    || name.matches("org\\.(osgi|jline|slf4j|apache\\.felix)\\..*|org\\.slf4j")
                    || name.equals("com.fasterxml.jackson.core"));
  }

  @Test
  public void samplesAreWhatAStrangerWouldWrite() throws IOException {
    for (String sample : List.of("heartbeat", "crasher", "worker-spi", "cron")) {
      Attributes manifest = manifest("extensions", "org.hostler.sample." + sample);
      assertThat(exports(manifest)).as(sample).isEmpty();
      assertThat(foreign(imports(manifest)))
          .as(sample)
          .isSubsetOf(
              "org.hostler.database",
              "org.hostler.worker",
              "org.hostler.worker.annotation",
              "org.osgi.framework",
              "org.slf4j");
    }
  }

  @Test
  public void everyBundleOfHostlersRunsOnJava17AndCarriesNoJarButCronItsParser()
      throws IOException {
    for (Path jar : ownJars()) {
      Attributes manifest = manifest(jar);
      assertThat(manifest.getValue("Require-Capability"))
          .as(jar.toString())
          .contains("osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=17))\"");
      String carried = String.valueOf(manifest.getValue("Bundle-ClassPath"));
      assertThat(carried)
          .as(jar.toString())
          .matches(
              jar.getFileName().toString().contains("sample.cron")
                  ? "\\.,lib/cron-utils[-.\\d]*\\.jar"
                  : "null");
      assertThat(manifest.getValue("Bundle-SymbolicName"))
          .as(jar.toString())
          .isEqualTo(jar.getFileName().toString().replaceAll("-[0-9].*", ""));
    }
  }

  private static List<Path> ownJars() throws IOException {
    Path root = Commands.distribution();
    try (Stream<Path> files = Files.walk(root.resolve("bundles"));
        Stream<Path> extensions = Files.list(root.resolve("extensions"))) {
      return Stream.concat(files, extensions)
          .filter(file -> file.getFileName().toString().matches("org\\.hostler\\..*\\.jar"))
          .toList();
    }
  }

  private static Attributes manifest(String directory, String symbolicName) throws IOException {
    try (Stream<Path> files = Files.list(Commands.distribution().resolve(directory))) {
      List<Path> found =
          files
              .filter(file -> file.getFileName().toString().startsWith(symbolicName + "-"))
              .toList();
      assertThat(found).as(symbolicName + " in " + directory).hasSize(1);
      return manifest(found.get(0));
    }
  }

  private static Attributes manifest(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes();
    }
  }

  private static Set<String> imports(Attributes manifest) {
    return packages(manifest.getValue("Import-Package"));
  }

  private static Set<String> exports(Attributes manifest) {
    return packages(manifest.getValue("Export-Package"));
  }

  /** The names in a header of clauses, without the values in quotes, which hold commas as well. */
  private static Set<String> packages(String header) {
    Set<String> packages = new TreeSet<>();
    if (header != null) {
      Matcher matcher = PACKAGE.matcher(QUOTED.matcher(header).replaceAll(""));
      while (matcher.find()) {
        packages.add(matcher.group(1));
      }
    }
    return packages;
  }

  /** Without the JDK's packages and the annotations nobody needs at run time. */
  private static Set<String> foreign(Set<String> packages) {
    return packages.stream()
        .filter(name -> !name.matches("javax?\\..*|org\\.jspecify\\.annotations"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
