// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Map;
import java.util.SortedSet;

/** The functions of all loaded libraries. */
interface LoadedFunctions {

  /** Returns a copy: the functions registered now, by the symbolic name of their bundle. */
  Map<String, SortedSet<String>> functions();
}
