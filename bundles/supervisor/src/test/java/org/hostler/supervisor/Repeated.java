// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/**
 * Runs a test of threads once; and as often as {@code -Dstress=N} says, 200 times with a mere
 * {@code -Dstress}, before it is trusted: {@code mvn test -Dstress -Dgroups=concurrent}.
 *
 * <p>Such a test is a {@code @TestTemplate} in a class with {@code @ExtendWith(Repeated.class)} and
 * the tag {@value #TAG}.
 */
public final class Repeated implements TestTemplateInvocationContextProvider {
  static final String TAG = "concurrent";
  private static final int TRUSTED = 200;

  private static int times() {
    String stress = System.getProperty("stress");
    if (stress == null) {
      return 1;
    }
    return stress.matches("\\d+") ? Integer.parseInt(stress) : TRUSTED;
  }

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return IntStream.rangeClosed(1, times())
        .mapToObj(
            run ->
                new TestTemplateInvocationContext() {
                  @Override
                  public String getDisplayName(int index) {
                    return "run " + run;
                  }
                });
  }
}
