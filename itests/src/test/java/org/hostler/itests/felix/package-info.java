// SPDX-License-Identifier: Apache-2.0

/**
 * Tests inside a real Felix, where a test is a bundle beside the workers: handles, drains, doors.
 */
package org.hostler.itests.felix;
