// SPDX-License-Identifier: Apache-2.0
package org.hostler.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleException;

class StartErrorTest {

  @Test
  void anActivatorsOwnWordsStandAsTheyAre() {
    Exception told = new IllegalStateException("setting \"x\": is wrong\nhint: change it");
    assertThat(StartError.of("org.acme", wrapped(told)))
        .isEqualTo("setting \"x\": is wrong\nhint: change it");
    assertThat(StartError.of("org.acme", new BundleException("a\ndetail: b")))
        .isEqualTo("a\ndetail: b");
  }

  @Test
  void anyOtherErrorIsToldAsWhatItIs() {
    assertThat(StartError.of("org.acme", wrapped(new NullPointerException())))
        .isEqualTo("bundle \"org.acme\": could not be started\ndetail: NullPointerException");
    assertThat(StartError.of("org.acme", new BundleException("missing requirement x")))
        .endsWith("detail: BundleException: missing requirement x");
  }

  private static BundleException wrapped(Exception cause) {
    return new BundleException("Activator start error in bundle org.acme [7].", cause);
  }
}
