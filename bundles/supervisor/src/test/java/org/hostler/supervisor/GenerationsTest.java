// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationsTest {
  @TempDir Path directory;

  private Generations host() {
    return new Generations(directory.resolve("generation"), Runnable::run);
  }

  @Test
  void numbersGoOnExactlyAfterAnOrderlyStop_R24() throws IOException {
    Generations first = host();
    assertThat(first.next()).isEqualTo(1);
    assertThat(first.next()).isEqualTo(2);
    first.close();
    assertThat(host().next()).isEqualTo(3);
  }

  @Test
  void numbersNeverComeBackAfterAKill_R24_R29_F31() {
    long last = 0;
    for (int run = 0; run < 3; run++) {
      Generations killed = host();
      for (int i = 0; i < 100; i++) {
        long next = killed.next();
        assertThat(next).isGreaterThan(last);
        last = next;
      }
    }
  }

  @Test
  void ceilingIsMovedUpBeforeItIsReachedAndOffTheTurn_R24() throws IOException {
    List<Runnable> errands = new ArrayList<>();
    Path file = directory.resolve("generation");
    Generations host = new Generations(file, errands::add);
    long ceiling = Long.parseLong(Files.readString(file).strip());
    while (host.next() < ceiling - 400_000) {
      if (errands.size() > 1) {
        throw new AssertionError("asked for twice");
      }
    }
    assertThat(errands).hasSize(1);
    errands.get(0).run();
    assertThat(Long.parseLong(Files.readString(file).strip())).isGreaterThan(ceiling);
  }

  @Test
  void fileThatHoldsNoNumberIsSaidSo() throws IOException {
    Files.writeString(directory.resolve("generation"), "nonsense");
    assertThatThrownBy(this::host)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("does not hold a number");
  }
}
