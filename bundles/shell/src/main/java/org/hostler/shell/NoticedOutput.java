// SPDX-License-Identifier: Apache-2.0
package org.hostler.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** Passes on what is written and notes that something was. */
final class NoticedOutput extends OutputStream {
  private final OutputStream out;
  private final AtomicBoolean noticed;

  NoticedOutput(OutputStream out, AtomicBoolean noticed) {
    this.out = out;
    this.noticed = noticed;
  }

  @Override
  public void write(int b) throws IOException {
    noticed.set(true);
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0) {
      noticed.set(true);
    }
    out.write(bytes, offset, length);
  }
}
