// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Answers what is asked on the control socket.
 *
 * <p>{@code ping} and {@code stop} are the host's own, so that a host can be stopped whatever its
 * bundles do. Everything else is handed to the service a bundle offers for it, on this thread, and
 * is over when the service returns.
 */
final class Conversation implements Consumer<SocketChannel> {

  /** What bundles offer, sooner or later. */
  private static final Set<String> OFFERED = Set.of("status", "reload", "exec", "shell");

  private static final long LONGEST_WAIT = Duration.ofSeconds(30).toNanos();
  private static final long LOOK_AGAIN = Duration.ofMillis(5).toNanos();

  private final Sessions sessions;
  private final Ending ending;
  private final HostFramework framework;
  private final Trouble trouble;

  Conversation(Sessions sessions, Ending ending, HostFramework framework, Trouble trouble) {
    this.sessions = sessions;
    this.ending = ending;
    this.framework = framework;
    this.trouble = trouble;
  }

  @Override
  public void accept(SocketChannel channel) {
    sessions.opened(channel);
    try {
      Optional<Frame> request = Frame.readFrom(channel);
      if (request.isPresent()) {
        answer(request.get(), channel);
      }
    } catch (IOException gone) {
      // Clients go when they like, and at the end the host goes first: there is nobody to tell.
      return;
    } finally {
      sessions.closed(channel);
    }
  }

  private void answer(Frame request, SocketChannel channel) throws IOException {
    String text = request.text();
    int end = text.indexOf('\n');
    String command = end < 0 ? text : text.substring(0, end);
    String argument = end < 0 ? "" : text.substring(end + 1);
    if (request.type() != Frame.REQUEST) {
      refuse(channel, Failure.USAGE, "the conversation does not begin with a request");
      return;
    }
    switch (command) {
      case "ping" -> {
        Frame.of(Frame.OUTPUT, ProcessHandle.current().pid() + "\n").writeTo(channel);
        Frame.of(Frame.EXIT, "0").writeTo(channel);
      }
      case "stop" -> stop(argument, channel);
      case "exec", "shell" -> {
        if (!sessions.beginWork()) {
          refuse(channel, Failure.REFUSED, "%s: the host is stopping".formatted(command));
          return;
        }
        try {
          delegate(command, argument, channel);
        } finally {
          sessions.endWork();
        }
      }
      default -> delegate(command, argument, channel);
    }
  }

  private void stop(String argument, SocketChannel channel) throws IOException {
    Optional<StopMode> mode = StopMode.of(argument);
    if (mode.isEmpty()) {
      refuse(channel, Failure.USAGE, "stop: unknown mode \"%s\"".formatted(argument));
      return;
    }
    sessions.waitsForStop(channel);
    ending.order(mode.get());
    while (Frame.readFrom(channel).isPresent()) {
      // Nothing more is expected of this client; the read ends when one of the two goes.
      continue;
    }
  }

  private void delegate(String command, String argument, SocketChannel channel) throws IOException {
    Optional<BiConsumer<String, SocketChannel>> service = awaitControl(command);
    if (service.isEmpty()) {
      refuse(
          channel,
          Failure.REFUSED,
          ending.isOrdered()
              ? "%s: the host is stopping".formatted(command)
              : "%s: the host does not offer this yet".formatted(command)
                  + "\nhint: wait until hostler status --ready says that it is ready");
      return;
    }
    try {
      service.get().accept(argument, channel);
    } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
      trouble.write("the service for \"%s\" failed".formatted(command), e);
      refuse(channel, Failure.REFUSED, "%s: failed: %s".formatted(command, Words.of(e)));
    }
  }

  /**
   * Returns the service for a command. One that will come is waited for: the shell comes after the
   * ready line, and {@code start && exec} has to work.
   */
  private Optional<BiConsumer<String, SocketChannel>> awaitControl(String command) {
    boolean known = OFFERED.contains(command);
    long end = System.nanoTime() + LONGEST_WAIT;
    Optional<BiConsumer<String, SocketChannel>> service = framework.control(command);
    while (known && service.isEmpty() && !ending.isOrdered() && System.nanoTime() < end) {
      LockSupport.parkNanos(this, LOOK_AGAIN);
      service = framework.control(command);
    }
    return service;
  }

  private static void refuse(SocketChannel channel, int status, String message) throws IOException {
    Frame.of(Frame.ERROR, message + "\n").writeTo(channel);
    Frame.of(Frame.EXIT, Integer.toString(status)).writeTo(channel);
  }
}
