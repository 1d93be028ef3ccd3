// SPDX-License-Identifier: Apache-2.0
/** PostgreSQL's own sample of a background worker, in full. */
@NullMarked
package org.hostler.sample.workerspi;

import org.jspecify.annotations.NullMarked;
