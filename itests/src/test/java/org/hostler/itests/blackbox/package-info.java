// SPDX-License-Identifier: Apache-2.0

/**
 * Tests of the unpacked distribution, driven through {@code bin/hostler} as from a person's shell.
 *
 * <p>Nothing of Hostler is on these tests' side of the process border but what is typed, printed,
 * written into an instance's directory, and the exit codes. {@link
 * org.hostler.itests.blackbox.Instances} makes the directories; a class shares one running host
 * among its tests where they do not harm each other.
 */
package org.hostler.itests.blackbox;
