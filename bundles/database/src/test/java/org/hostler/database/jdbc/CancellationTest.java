// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {
  private static final Statement STATEMENT =
      (Statement)
          Proxy.newProxyInstance(
              CancellationTest.class.getClassLoader(),
              new Class<?>[] {Statement.class},
              (proxy, method, arguments) -> {
                throw new AssertionError(method + " is not expected");
              });

  private final Activity activity = new Activity(new StatementClock(work -> {}, () -> 0));
  private final AtomicInteger cancels = new AtomicInteger();

  @Test
  void statementThatTheDriverHasNotSentYetIsCancelledAgain() {
    activity.begin(STATEMENT, "select");
    long number = activity.number();
    new Cancellation(
            () -> activity.runs(number),
            cancels::incrementAndGet,
            () -> {
              if (cancels.incrementAndGet() == 3) {
                activity.end(false);
              }
            })
        .run();
    assertThat(cancels).hasValue(3);
  }

  @Test
  void nextStatementIsLeftAlone() {
    activity.begin(STATEMENT, "select");
    long first = activity.number();
    activity.end(false);
    activity.begin(STATEMENT, "select");
    new Cancellation(() -> activity.runs(first), () -> {}, cancels::incrementAndGet).run();
    assertThat(cancels).hasValue(0);
  }
}
