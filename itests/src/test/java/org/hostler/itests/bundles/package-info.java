// SPDX-License-Identifier: Apache-2.0

/**
 * What strangers' bundles are like, good ones and bad ones.
 *
 * <p>The classes here are never run in the test's JVM: {@link
 * org.hostler.itests.bundles.TestBundle} packs some of them into a jar with bnd, as a stranger's
 * build would, and a host loads that.
 */
package org.hostler.itests.bundles;
