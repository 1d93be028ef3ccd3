// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The command {@code stop}: asks the host to stop and waits until its process is gone, so that the
 * next {@code start} finds the instance free.
 */
final class Stopper {

  private final Instance instance;

  Stopper(Instance instance) {
    this.instance = instance;
  }

  /** Stops the host; the exit status is 1 when workers or bundles had to be left behind. */
  int stop(StopMode mode, Duration timeout) throws Failure, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    ProcessHandle host = process();
    try (ControlClient client = ControlClient.connect(instance)) {
      client.send(Frame.of(Frame.REQUEST, "stop\n" + mode.text()));
      CompletableFuture<Optional<Integer>> answer = new CompletableFuture<>();
      Thread reader = new Thread(() -> listen(client, answer), "hostler-stop-answer");
      reader.setDaemon(true);
      reader.start();
      Optional<Integer> status = answer.get(left(deadline), TimeUnit.NANOSECONDS);
      ProcessEnd.await(host, deadline);
      return result(status);
    } catch (TimeoutException e) {
      throw Failure.timedOut(
          "instance %s is still running after %d ms (pid %d)"
              .formatted(instance.base(), timeout.toMillis(), host.pid()),
          "hint: hostler stop --mode immediate waits for nobody");
    } catch (ExecutionException | IOException e) {
      throw Failure.refusedBy(
          e,
          "instance %s: the conversation with its host failed".formatted(instance.base()),
          "detail: " + Words.of(e));
    }
  }

  /** A host that has to halt, or is killed while it stops, may go without a last word. */
  private int result(Optional<Integer> status) throws Failure {
    if (status.isEmpty()) {
      throw Failure.refused(
          "instance %s: its host ended without a word".formatted(instance.base()),
          "hint: look into " + instance.log());
    }
    if (status.get() == 0) {
      System.out.println("stopped");
      return 0;
    }
    System.err.println("stopped, with exit status " + status.get());
    return Failure.REFUSED;
  }

  private static void listen(ControlClient client, CompletableFuture<Optional<Integer>> answer) {
    try {
      answer.complete(client.receive(ControlClient.Output.TERMINAL));
    } catch (IOException broken) {
      answer.complete(Optional.empty());
    }
  }

  private ProcessHandle process() throws Failure {
    ByteArrayOutputStream pid = new ByteArrayOutputStream();
    ControlClient.request(instance, "ping", "", new ControlClient.Output(pid, System.err));
    return ProcessHandle.of(Long.parseLong(pid.toString(StandardCharsets.US_ASCII).strip()))
        .orElseThrow(() -> Failure.notRunning(instance));
  }

  private static long left(long deadline) {
    return Math.max(0, deadline - System.nanoTime());
  }
}
