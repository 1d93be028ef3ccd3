// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.PrintStream;
import org.hostler.worker.BackgroundWorkers;

/** A benchmark that runs inside a host, on a thread of its own. */
interface InHost {
  void run(Functions functions, BackgroundWorkers workers, PrintStream out) throws Exception;
}
