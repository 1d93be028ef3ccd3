// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * One accepted connection of the control socket: frames come in on one thread and go out on
 * another, neither of which anybody interrupts.
 *
 * <p>That is the point of it. A socket channel is closed for good when a thread is interrupted
 * while it writes, and interrupting the thread of a running command is what Ctrl-C does. So
 * commands hand their frames over, and wait while the client does not read ({@value #BACKLOG}
 * frames are kept).
 */
final class Connection {
  private static final int BACKLOG = 64;
  private static final int LONGEST = 32_768;

  private final SocketChannel channel;
  private final String name;
  private final BlockingQueue<Frame> outgoing = new ArrayBlockingQueue<>(BACKLOG);
  private final Thread writer;
  private volatile boolean gone;

  /**
   * Takes over a connection.
   *
   * @param channel the channel, which stays the caller's to close
   * @param name names the threads
   */
  Connection(SocketChannel channel, String name) {
    this.channel = channel;
    this.name = name;
    writer = thread("writer", this::writeAll);
    writer.start();
  }

  /**
   * Begins to read.
   *
   * @param incoming gets each frame, on one thread; empty at the end, when the client has gone
   */
  void listen(Consumer<Optional<Frame>> incoming) {
    thread("reader", () -> readAll(incoming)).start();
  }

  private Thread thread(String part, Runnable work) {
    Thread thread = new Thread(work, name + " " + part);
    thread.setDaemon(true);
    return thread;
  }

  private void readAll(Consumer<Optional<Frame>> incoming) {
    Optional<Frame> frame;
    do {
      frame = next();
      incoming.accept(frame);
    } while (frame.isPresent());
  }

  private Optional<Frame> next() {
    try {
      return Frame.read(channel);
    } catch (IOException e) { // reset by the client, or closed by the host: gone in either case
      return Optional.empty();
    }
  }

  private void writeAll() {
    try {
      Frame frame;
      do {
        frame = outgoing.take();
        for (ByteBuffer bytes = frame.encoded(); bytes.hasRemaining(); ) {
          channel.write(bytes);
        }
      } while (frame.type() != Frame.EXIT);
    } catch (IOException | InterruptedException e) {
      gone = true; // whoever sends next is told
      outgoing.clear(); // whoever waits for room goes on
    }
  }

  private void send(Frame frame) throws IOException {
    if (gone) {
      throw new IOException("the client has gone");
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          outgoing.put(frame);
          return;
        } catch (InterruptedException e) {
          interrupted =
              true; // the frame still goes out: an interrupted command may have last words
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns a stream whose every write is a frame; it may be used by any thread. */
  OutputStream stream(char type) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        send(new Frame(type, new byte[] {(byte) b}));
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int at = offset; at < offset + length; at += LONGEST) {
          int end = Math.min(offset + length, at + LONGEST);
          send(new Frame(type, Arrays.copyOfRange(bytes, at, end)));
        }
      }
    };
  }

  /**
   * Ends the conversation: returns when everything is written, or the client has gone.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  void finish(int status) throws InterruptedException {
    byte[] digits = Integer.toString(status).getBytes(StandardCharsets.US_ASCII);
    try {
      send(new Frame(Frame.EXIT, digits));
      writer.join();
    } catch (IOException e) { // the client has gone: nobody wants to know
      gone = true;
    }
  }
}
