// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.channels.SocketChannel;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.hostler.worker.stat.HostStat;
import org.hostler.worker.stat.WorkerState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code hostler status}: with the argument {@code json} as an object, else in words.
 *
 * <p>The shell writes the same object for {@code bgw:status}; a host without a shell has a status,
 * too.
 */
final class StatusControl implements BiConsumer<String, SocketChannel> {
  private static final Logger LOG = LoggerFactory.getLogger(StatusControl.class);
  private static final String JSON = "json";

  /** ISO-8601 in UTC, always with milliseconds. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final Supplier<HostStat> host;

  /**
   * Makes one.
   *
   * @param host the host at a moment
   */
  StatusControl(Supplier<HostStat> host) {
    this.host = host;
  }

  @Override
  public void accept(String argument, SocketChannel channel) {
    Answer answer = new Answer(channel);
    try {
      HostStat stat = host.get();
      answer.output(argument.strip().equals(JSON) ? json(stat) : text(stat));
      answer.exit(0);
    } catch (IOException e) {
      LOG.debug("status: nobody waits for the answer any more", e);
    }
  }

  /** Writes the host as one JSON object and a line feed. */
  static String json(HostStat stat) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("state", stat.phase().toString());
      json.writeNumberField("pid", stat.pid());
      json.writeStringField("version", stat.version());
      json.writeStringField("java", stat.javaVersion());
      json.writeStringField("framework", stat.framework());
      json.writeStringField("base", stat.base());
      json.writeStringField("startedAt", TIME.format(stat.startedAt()));
      json.writeNumberField("uptimeMs", stat.uptime().toMillis());
      json.writeObjectFieldStart("slots");
      json.writeNumberField("max", stat.maxSlots());
      json.writeNumberField("used", stat.usedSlots());
      json.writeEndObject();
      json.writeObjectFieldStart("workers");
      for (WorkerState state : WorkerState.values()) {
        json.writeNumberField(state.toString(), stat.workers().getOrDefault(state, 0));
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private static String text(HostStat stat) {
    StringBuilder text = new StringBuilder();
    text.append("state %s, pid %d%n".formatted(stat.phase(), stat.pid()));
    text.append("slots %d of %d used%n".formatted(stat.usedSlots(), stat.maxSlots()));
    for (WorkerState state : WorkerState.values()) {
      int count = stat.workers().getOrDefault(state, 0);
      if (count > 0) {
        text.append("%s %d%n".formatted(state, count));
      }
    }
    return text.toString();
  }
}
