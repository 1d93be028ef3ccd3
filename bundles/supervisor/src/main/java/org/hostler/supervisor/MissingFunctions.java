// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.SortedSet;
import java.util.function.BiFunction;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.stat.WorkerReason;
import org.hostler.worker.stat.WorkerReason.Code;
import org.osgi.framework.Bundle;

/** Says why a function cannot be run: what is missing, and what is near (contract S8, S9). */
final class MissingFunctions {
  private final FunctionDirectory directory;
  private final BiFunction<Bundle, String, String> componentState;

  /**
   * Makes it.
   *
   * @param directory what can be run
   * @param componentState says of a bundle and a function why the component that would offer it is
   *     not satisfied; an empty text when there is no such component
   */
  MissingFunctions(FunctionDirectory directory, BiFunction<Bundle, String, String> componentState) {
    this.directory = directory;
    this.componentState = componentState;
  }

  /** Says it from memory; asks nobody, so that it may be called with the baton held. */
  WorkerReason fromMemory(BackgroundWorker worker) {
    String library = directory.symbolicName(worker.library());
    SortedSet<String> others = directory.functionsOf(library);
    if (LoadedFunction.OfHost.isHost(library)) {
      others = HostFunctions.names();
    }
    return functionMissing(worker, others);
  }

  /** Says it of a bundle that is active; asks the component runtime. */
  WorkerReason inBundle(BackgroundWorker worker, Bundle bundle) {
    String state = componentState.apply(bundle, worker.function());
    if (!state.isEmpty()) {
      return new WorkerReason(Code.COMPONENT_GONE, state);
    }
    return functionMissing(worker, directory.functionsOf(bundle.getSymbolicName()));
  }

  private static WorkerReason functionMissing(BackgroundWorker worker, SortedSet<String> others) {
    String near =
        others.isEmpty()
            ? "; it offers none"
            : NearestName.of(worker.function(), others)
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse("; it offers " + String.join(", ", others));
    return new WorkerReason(
        Code.FUNCTION_MISSING,
        "library \"%s\" has no function \"%s\"%s"
            .formatted(worker.library(), worker.function(), near));
  }
}
