// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** What bare connections of the embedded driver take of the heap, beside those of workers. */
final class DriversOwn {
  private DriversOwn() {}

  /**
   * Returns the kilobytes that each of some connections takes.
   *
   * @param count how many are opened
   */
  static double heapEach(int count) throws SQLException, IOException, ReflectiveOperationException {
    Driver driver = (Driver) Class.forName("org.h2.Driver").getDeclaredConstructor().newInstance();
    List<Connection> all = new ArrayList<>();
    all.add(driver.connect("jdbc:h2:mem:bare", new Properties()));
    Memory before = Memory.now();
    for (int i = 0; i < count; i++) {
      all.add(driver.connect("jdbc:h2:mem:bare", new Properties()));
    }
    Memory after = Memory.now();
    for (Connection connection : all) {
      connection.close();
    }
    return (after.heap() - before.heap()) / 1_024.0 / count;
  }
}
