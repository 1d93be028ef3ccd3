// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.function.BiConsumer;
import org.hostler.worker.ReloadResult;
import org.hostler.worker.Settings;
import org.hostler.worker.SettingsRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code hostler reload}: reads the configuration again, all of it or nothing. */
final class ReloadControl implements BiConsumer<String, SocketChannel> {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadControl.class);

  private final Settings settings;

  /**
   * Makes one.
   *
   * @param settings what is read again
   */
  ReloadControl(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void accept(String argument, SocketChannel channel) {
    Answer answer = new Answer(channel);
    try {
      try {
        answer.output(text(settings.reload()));
        answer.exit(0);
      } catch (SettingsRefused refusal) {
        answer.error(text(refusal));
        answer.exit(1);
      }
    } catch (IOException e) {
      LOG.debug("reload: nobody waits for the answer any more", e);
    }
  }

  private static String text(ReloadResult result) {
    StringBuilder text = new StringBuilder();
    text.append(
        result.changed().isEmpty()
            ? "reloaded, nothing changed\n"
            : "reloaded, changed: %s\n".formatted(String.join(", ", result.changed())));
    if (!result.pendingRestart().isEmpty()) {
      text.append("waiting for a restart: ");
      text.append(String.join(", ", result.pendingRestart())).append('\n');
    }
    result.warnings().forEach(warning -> text.append("warning: ").append(warning).append('\n'));
    return text.toString();
  }

  private static String text(SettingsRefused refusal) {
    StringBuilder text = new StringBuilder(refusal.getMessage()).append('\n');
    if (!refusal.detail().isEmpty()) {
      text.append("detail: ").append(refusal.detail()).append('\n');
    }
    if (!refusal.hint().isEmpty()) {
      text.append("hint: ").append(refusal.hint()).append('\n');
    }
    return text.toString();
  }
}
