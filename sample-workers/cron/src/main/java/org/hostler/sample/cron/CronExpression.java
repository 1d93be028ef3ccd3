// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.cron;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A schedule of five fields, read as Unix does: minute, hour, day of the month, month, day of the
 * week; of the two kinds of days either suffices when neither is {@code *}.
 *
 * <p>cron-utils decides which <i>local</i> times fit. It is asked in a zone without summer time,
 * and what a time means in the job's own zone is decided here, because it leaves out a time that
 * clocks jump over:
 *
 * <ul>
 *   <li>A local time that does not exist, because clocks are put forward over it, is due once, at
 *       the moment they are.
 *   <li>A local time that comes twice, because clocks are put back, is due the first time only;
 *       unless the hour field is {@code *} or begins with it, for that means <i>always</i> rather
 *       than <i>at</i>.
 * </ul>
 */
final class CronExpression implements Schedule {
  private static final CronDefinition UNIX =
      CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);
  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  private final ExecutionTime times;
  private final boolean everyHour;

  private CronExpression(ExecutionTime times, boolean everyHour) {
    this.times = times;
    this.everyHour = everyHour;
  }

  static CronExpression parse(String text) {
    String given = text.strip();
    String fields = NICKNAMES.getOrDefault(given.toLowerCase(Locale.ROOT), given);
    try {
      Cron cron = new CronParser(UNIX).parse(fields).validate();
      return new CronExpression(
          ExecutionTime.forCron(cron), fields.split("\\s+")[1].startsWith("*"));
    } catch (RuntimeException e) { // its own and others, such as of fields that are empty
      throw new IllegalArgumentException("schedule \"%s\": %s".formatted(text, e.getMessage()), e);
    }
  }

  @Override
  public Optional<Instant> next(Instant after, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    Instant from = after; // begins a stretch of constant offset, which is searched as a whole
    Optional<LocalDateTime> found = nextLocal(searchedFrom(after, rules));
    while (found.isPresent()) {
      ZoneOffsetTransition change = rules.nextTransition(from);
      if (change == null || found.get().isBefore(change.getDateTimeBefore())) {
        return Optional.of(found.get().toInstant(rules.getOffset(from)));
      }
      from = change.getInstant();
      if (change.isGap() && found.get().isBefore(change.getDateTimeAfter())) {
        return Optional.of(from); // the clocks jump over it
      }
      LocalDateTime start =
          change.isGap() || everyHour ? change.getDateTimeAfter() : change.getDateTimeBefore();
      found = nextLocal(start.minusSeconds(1));
    }
    return Optional.empty();
  }

  /** What was due the first time round is not due again after the clocks were put back over it. */
  private LocalDateTime searchedFrom(Instant after, ZoneRules rules) {
    LocalDateTime local = LocalDateTime.ofInstant(after, rules.getOffset(after));
    ZoneOffsetTransition change = rules.previousTransition(after.plusNanos(1));
    boolean again =
        change != null && change.isOverlap() && local.isBefore(change.getDateTimeBefore());
    return again && !everyHour ? change.getDateTimeBefore().minusSeconds(1) : local;
  }

  private Optional<LocalDateTime> nextLocal(LocalDateTime after) {
    return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
  }
}
