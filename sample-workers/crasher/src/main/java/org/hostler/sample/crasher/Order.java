// SPDX-License-Identifier: Apache-2.0
package org.hostler.sample.crasher;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hostler.worker.Datum;
import org.hostler.worker.DurationText;

/**
 * A crasher's argument: what to do, and when.
 *
 * @param misdeed what to do
 * @param status the exit status of those that have one, else 0
 * @param after how long to be a well-behaved worker first
 */
record Order(Misdeed misdeed, int status, Duration after) {
  private static final Pattern FORM =
      Pattern.compile("(?<word>[a-z-]+)(:(?<status>\\d{1,3}))?( +after=(?<after>\\S+))?");

  /**
   * Reads the argument of a worker.
   *
   * @throws IllegalArgumentException when it is none of the forms; the message lists them
   */
  static Order parse(Datum argument) {
    String text = argument instanceof Datum.Text given ? given.value() : argument.toString();
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw refused(text);
    }
    Misdeed misdeed = Misdeed.of(form.group("word")).orElseThrow(() -> refused(text));
    String status = form.group("status");
    if (misdeed.needsStatus() != (status != null)
        || (status != null && Integer.parseInt(status) > 255)) {
      throw refused(text);
    }
    String after = form.group("after");
    return new Order(
        misdeed,
        status == null ? 0 : Integer.parseInt(status),
        after == null ? Duration.ZERO : DurationText.parse(after));
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "argument \"%s\": expected one of %s with N from 0 to 255, optionally followed by after=DURATION"
            .formatted(text, String.join(", ", Misdeed.forms())));
  }
}
