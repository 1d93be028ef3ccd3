// SPDX-License-Identifier: Apache-2.0
package org.hostler.database.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes callable statements of a worker's session. They have over a hundred methods and nobody
 * calls them a million times a second, so this one forwards by reflection.
 */
final class SessionCall {
  private SessionCall() {}

  static CallableStatement of(SessionLine session, CallableStatement raw, String sql) {
    return (CallableStatement)
        Proxy.newProxyInstance(
            SessionCall.class.getClassLoader(),
            new Class<?>[] {CallableStatement.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getConnection")) {
                return session.connection();
              }
              if (!method.getName().startsWith("execute")) {
                return invoke(raw, method, arguments);
              }
              return session.run(raw, sql, () -> invoke(raw, method, arguments));
            });
  }

  private static @Nullable Object invoke(
      CallableStatement raw, java.lang.reflect.Method method, @Nullable Object[] arguments)
      throws SQLException {
    try {
      return method.invoke(raw, arguments);
    } catch (InvocationTargetException e) {
      throw Failures.rethrown(e.getCause() == null ? e : e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("JDBC's own methods are public", e);
    }
  }
}
