// SPDX-License-Identifier: Apache-2.0

/** A real PostgreSQL for tests: unpacked from a Maven artefact, run without being installed. */
package org.hostler.itests.postgres;
