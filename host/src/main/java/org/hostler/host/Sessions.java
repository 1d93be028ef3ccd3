// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The open conversations of the control socket, as far as a stop has to do with them.
 *
 * <p>Attached shells and running commands hold a smart stop up; those who wait for the stop itself
 * are told of late workers and, last of all, of the host's exit status.
 */
final class Sessions {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final Set<SocketChannel> waitingForStop = ConcurrentHashMap.newKeySet();
  private final Trouble trouble;
  private int working;
  private boolean closedToWork;

  Sessions(Trouble trouble) {
    this.trouble = trouble;
  }

  void opened(SocketChannel channel) {
    open.add(channel);
  }

  /** Closes the conversation, whoever still reads or writes on it. */
  void closed(SocketChannel channel) {
    open.remove(channel);
    waitingForStop.remove(channel);
    try {
      channel.close();
    } catch (IOException broken) {
      trouble.write("closing a conversation", broken);
    }
  }

  /** Counts a shell or a command in; false when no new one is taken any more. */
  boolean beginWork() {
    lock.lock();
    try {
      if (closedToWork) {
        return false;
      }
      working++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  void endWork() {
    lock.lock();
    try {
      working--;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** From now on no shell and no command is taken. */
  void refuseWork() {
    lock.lock();
    try {
      closedToWork = true;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the last shell or command has ended. */
  void awaitNoWork() throws InterruptedException {
    lock.lock();
    try {
      while (working > 0) {
        ended.await();
      }
    } finally {
      lock.unlock();
    }
  }

  void waitsForStop(SocketChannel channel) {
    waitingForStop.add(channel);
  }

  /** Says a line on the standard error of everybody who waits for the stop. */
  void tellStopping(String line) {
    for (SocketChannel channel : waitingForStop) {
      send(channel, Frame.of(Frame.ERROR, line + "\n"));
    }
  }

  /** Ends every conversation; who waits for the stop gets the host's exit status. */
  void closeAll(int status) {
    for (SocketChannel channel : waitingForStop) {
      send(channel, Frame.of(Frame.EXIT, Integer.toString(status)));
    }
    open.forEach(this::closed);
  }

  private void send(SocketChannel channel, Frame frame) {
    try {
      frame.writeTo(channel);
    } catch (IOException gone) {
      waitingForStop.remove(channel);
    }
  }
}
