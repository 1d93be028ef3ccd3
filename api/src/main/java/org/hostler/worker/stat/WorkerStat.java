// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker.stat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.hostler.worker.BackgroundWorker;
import org.hostler.worker.ExitStatus;
import org.hostler.worker.Isolation;
import org.hostler.worker.WorkerId;

/**
 * All that is known of one registered worker at one moment; immutable.
 *
 * @param id slot, generation and the incarnation of the last life begun (0 before the first)
 * @param worker the description it was registered with
 * @param registeredStatically whether it is a static worker
 * @param isolation where it runs, the settings considered
 * @param libraryVersion the version of its bundle; empty while that is not known
 * @param state where it is in its life
 * @param reason why it does not run; empty while it does
 * @param pid the process id while it runs
 * @param threadId the Java thread's id while it runs as a thread
 * @param restarts how often it was started again since it was registered
 * @param registeredAt when it was registered
 * @param startedAt when its main was last entered; empty before the first time
 * @param readyAt when this life said it was ready
 * @param nextStartAt when it will be started again; empty when no time is set
 * @param lastExit how its last life ended
 * @param lastExitAt when its last life ended
 * @param statusText what it says it is doing; empty when it says nothing
 */
public record WorkerStat(
    WorkerId id,
    BackgroundWorker worker,
    boolean registeredStatically,
    Isolation isolation,
    String libraryVersion,
    WorkerState state,
    Optional<WorkerReason> reason,
    OptionalLong pid,
    OptionalLong threadId,
    int restarts,
    Instant registeredAt,
    Optional<Instant> startedAt,
    Optional<Instant> readyAt,
    Optional<Instant> nextStartAt,
    Optional<ExitStatus> lastExit,
    Optional<Instant> lastExitAt,
    String statusText) {}
