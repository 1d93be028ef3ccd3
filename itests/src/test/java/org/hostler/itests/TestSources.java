// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The test methods of all modules, read from their sources: no module has the tests of the others
 * on its class path.
 */
final class TestSources {
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Pattern METHOD =
      Pattern.compile(
          "@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate)\\b"
              + ".*?\\b(?:void|(?:Stream|Iterable|Collection|List)<[\\w?. ]+>)\\s+(\\w+)\\s*\\(",
          Pattern.DOTALL);

  private TestSources() {}

  /** The directory at or above this one that Maven takes for the project's root. */
  static Path reactorRoot(Path module) {
    Path root = module.toAbsolutePath().normalize();
    while (!Files.isDirectory(root.resolve(".mvn"))) {
      Path parent = root.getParent();
      if (parent == null) {
        throw new IllegalStateException("no directory at or above " + module + " has a .mvn");
      }
      root = parent;
    }
    return root;
  }

  /** All test methods in the test sources below this directory. */
  static SortedSet<TestMethod> below(Path root) throws IOException {
    SortedSet<TestMethod> methods = new TreeSet<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            String name = directory.getFileName().toString();
            boolean foreign = name.equals("target") || name.startsWith(".");
            return foreign && !directory.equals(root)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (file.toString().endsWith(".java") && file.toString().contains(TESTS.toString())) {
              methods.addAll(in(typeOf(file), Files.readString(file)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return methods;
  }

  /** The test methods in this source text of this class. */
  static List<TestMethod> in(String type, String source) {
    return METHOD
        .matcher(source)
        .results()
        .map(method -> new TestMethod(type, method.group(1)))
        .toList();
  }

  private static String typeOf(Path file) {
    return file.getFileName().toString().replaceFirst("\\.java$", "");
  }
}
