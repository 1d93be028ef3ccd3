// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker.stat;

import java.time.Duration;
import java.util.List;

/**
 * Why a worker is in its state, in words.
 *
 * @param stat the worker at that moment
 * @param why why it is in its state
 * @param next what happens next, and what a person can do
 * @param delays its next ten restart delays, without jitter; shorter when a limit ends them, empty
 *     when it is never restarted
 * @param notes further facts, such as other workers that keep the processors busy
 */
public record Explanation(
    WorkerStat stat, String why, String next, List<Duration> delays, List<String> notes) {}
