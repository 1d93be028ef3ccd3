// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The standard input of a command, fed by another thread. */
final class FedInput extends InputStream {
  private static final byte[] END = {};

  private final BlockingQueue<byte[]> fed = new LinkedBlockingQueue<>();
  private byte[] current = {};
  private int next;
  private boolean ended;

  /** Adds bytes; none of them: there will be no more. */
  void feed(byte[] bytes) {
    fed.add(bytes.length == 0 ? END : bytes);
  }

  /** Ends the input. */
  void end() {
    fed.add(END);
  }

  @Override
  public synchronized int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] bytes, int offset, int length) {
    while (next == current.length) {
      if (ended || !take()) {
        return -1;
      }
    }
    int count = Math.min(length, current.length - next);
    System.arraycopy(current, next, bytes, offset, count);
    next += count;
    return count;
  }

  private boolean take() {
    try {
      current = fed.take();
      next = 0;
      ended = current == END;
      return !ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the command is not wanted any more: no more input
      return false;
    }
  }

  @Override
  public synchronized int available() {
    return current.length - next;
  }
}
