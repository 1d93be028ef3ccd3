// SPDX-License-Identifier: Apache-2.0
/** Load drivers and micro-benchmarks. */
package org.hostler.benchmarks;
