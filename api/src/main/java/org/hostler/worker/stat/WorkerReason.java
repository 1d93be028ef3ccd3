// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker.stat;

/**
 * Why a worker does not run.
 *
 * @param code for programs
 * @param words for people, one line
 */
public record WorkerReason(Code code, String words) {

  /** The kinds of reasons. */
  public enum Code {
    /** The phase of the host does not allow its start time yet. */
    PHASE,
    /** Its library is being loaded. */
    LOADING,
    /** The library's quota is used up. */
    QUOTA,
    /** Its bundle was stopped, or is being updated. */
    BUNDLE_STOPPED,
    /** No bundle of that name is installed or found on the library path. */
    BUNDLE_MISSING,
    /** The bundle offers no such function. */
    FUNCTION_MISSING,
    /** The component that offers the function is not satisfied. */
    COMPONENT_GONE,
    /** The database it needs is down. */
    DATABASE_DOWN,
    /** It failed more often than its restart limit allows. */
    LIMIT_REACHED
  }

  /** Returns the code, then the words. */
  @Override
  public String toString() {
    return words.isEmpty() ? code.name() : code.name() + ": " + words;
  }
}
