// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The host sees the JDK and the framework's interfaces; everything else is cargo. */
class ArchitectureTest {

  private static final JavaClasses HOST =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.hostler.host");

  @Test
  void hostDependsOnTheJdkAndTheFrameworkOnly() {
    classes()
        .that()
        .resideInAPackage("org.hostler.host")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.hostler.host",
            "java..",
            "org.osgi.framework..",
            // Annotations, which nothing needs at run time.
            "org.jspecify.annotations")
        .check(HOST);
  }

  @Test
  void onlyTheMainClassIsPublic() {
    classes().that().arePublic().should().haveSimpleName("Main").check(HOST);
  }
}
