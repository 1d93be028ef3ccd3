// SPDX-License-Identifier: Apache-2.0
/**
 * Load drivers for the real host.
 *
 * <p>{@link org.hostler.benchmarks.Benchmarks} is a program that starts hosts of the unpacked
 * distribution and measures them from outside ({@link org.hostler.benchmarks.BootBenchmark}, {@link
 * org.hostler.benchmarks.DeployBenchmark}). What can only be measured from within is done by a
 * bundle that is preloaded there, this same jar: {@link org.hostler.benchmarks.BenchmarkActivator}.
 */
@NullMarked
package org.hostler.benchmarks;

import org.jspecify.annotations.NullMarked;
