// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The written form of a {@link RestartPolicy}: one grammar for the shell and for annotations. */
final class RestartText {
  private static final Pattern BACKOFF =
      Pattern.compile(
          "backoff(?::([^.,()]+(?:\\.\\d+[a-z]*)?)\\.\\.([^,()]+)|\\(([^,()]+),([^,()]+)\\))(.*)");

  private RestartText() {}

  static RestartPolicy parse(String text) {
    String form = text.strip();
    if (form.equals("never") || form.equals("-1")) {
      return RestartPolicy.never();
    }
    try {
      Matcher backoff = BACKOFF.matcher(form);
      if (backoff.matches()) {
        boolean dots = backoff.group(1) != null;
        return options(
            RestartPolicy.backoff(
                DurationText.parse(backoff.group(dots ? 1 : 3)),
                DurationText.parse(backoff.group(dots ? 2 : 4))),
            backoff.group(5));
      }
      int comma = form.indexOf(',');
      String interval = comma < 0 ? form : form.substring(0, comma);
      return options(
          RestartPolicy.after(DurationText.parse(interval)),
          comma < 0 ? "" : form.substring(comma));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("restart \"%s\": %s".formatted(text, e.getMessage()), e);
    }
  }

  private static RestartPolicy options(RestartPolicy policy, String options) {
    RestartPolicy result = policy;
    if (options.isEmpty()) {
      return result;
    }
    if (!options.startsWith(",")) {
      throw new IllegalArgumentException("expected a comma before \"" + options + "\"");
    }
    for (String option : options.substring(1).split(",", -1)) {
      int equals = option.indexOf('=');
      String value = equals < 0 ? "" : option.substring(equals + 1).strip();
      result =
          switch (equals < 0 ? option.strip() : option.substring(0, equals).strip()) {
            case "factor" -> result.factor(number(value));
            case "jitter" -> result.jitter(number(value));
            case "healthy" -> result.healthy(DurationText.parse(value));
            case "limit" -> limit(result, value);
            default ->
                throw new IllegalArgumentException(
                    "unknown option \"%s\"; known are factor, jitter, healthy and limit"
                        .formatted(option));
          };
    }
    return result;
  }

  private static RestartPolicy limit(RestartPolicy policy, String value) {
    int slash = value.indexOf('/');
    if (slash < 1 || !value.substring(0, slash).matches("\\d{1,9}")) {
      throw new IllegalArgumentException(
          "limit \"%s\": expected N/WINDOW, for instance 5/60s".formatted(value));
    }
    return policy.limit(
        Integer.parseInt(value.substring(0, slash)),
        DurationText.parse(value.substring(slash + 1)));
  }

  private static double number(String value) {
    if (!value.matches("\\d{1,9}(\\.\\d{1,400})?")) { // Double.parseDouble also takes 2d and 0x1p3
      throw new IllegalArgumentException("\"%s\" is not a number".formatted(value));
    }
    return Double.parseDouble(value);
  }

  static String format(RestartPolicy.Delayed policy) {
    StringBuilder text = new StringBuilder();
    boolean backoff = !policy.min().equals(policy.max()) || policy.factor() != 1;
    if (backoff) {
      text.append("backoff:").append(DurationText.format(policy.min())).append("..");
    }
    text.append(DurationText.format(policy.max()));
    if (backoff && policy.factor() != 2) {
      text.append(",factor=").append(plain(policy.factor()));
    }
    if (policy.jitter() != 0) {
      text.append(",jitter=").append(plain(policy.jitter()));
    }
    policy.healthy().ifPresent(run -> text.append(",healthy=").append(DurationText.format(run)));
    policy.limit().ifPresent(limit -> text.append(",limit=").append(format(limit)));
    return text.toString();
  }

  private static String format(RestartPolicy.Limit limit) {
    Duration window = limit.window();
    return limit.restarts() + "/" + DurationText.format(window);
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
