// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.hostler.itests.bundles.ConnectingWorker;
import org.hostler.itests.bundles.TestBundle;

/**
 * The library {@code org.acme.sql} on an instance, whose workers connect, and statements there.
 *
 * @param host the instance
 */
record SqlWorkers(Instance host) {
  private static final String LIBRARY = "org.acme.sql";

  /** Puts the library into an instance's extensions. */
  static SqlWorkers on(Instance host) throws IOException {
    TestBundle.named(LIBRARY).with(ConnectingWorker.class).buildIn(host.extensions());
    return new SqlWorkers(host);
  }

  /** Registers a worker that connects and waits. */
  void connect(String name, String where, String... options) {
    host.exec(
            "bgw:register --name %s --flag DATABASE_CONNECTION %s --arg '%s' %s connect"
                .formatted(name, String.join(" ", options), where, LIBRARY))
        .ok();
  }

  /** Runs a statement. */
  Outcome sql(String database, String statement) {
    return host.exec("bgw:sql %s \"%s\"".formatted(database, statement));
  }

  /** Runs a query and returns the first column of its rows. */
  List<String> column(String database, String query) {
    JsonNode rows = host.json("bgw:sql --json %s '%s'".formatted(database, query)).path("rows");
    return StreamSupport.stream(rows.spliterator(), false)
        .map(row -> row.path(0).asText())
        .toList();
  }

  /** Returns how an event of a worker's is told, by its kind; the last one of that kind. */
  JsonNode lastEvent(String worker, String kind) {
    JsonNode found = null;
    for (JsonNode event : host.json("bgw:history --json --limit 1000 " + worker)) {
      if (event.path("event").asText().equals(kind)) {
        found = event;
      }
    }
    assertThat(found).as("event " + kind + " of " + worker).isNotNull();
    return found;
  }
}
