// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static Curve curve(double... values) {
    Results results = new Results();
    int level = 10;
    for (double value : values) {
      results.on(25, 0).add("curve launch at " + level, "us", value);
      level *= 10;
    }
    return Curve.of("launch", 25, results).orElseThrow();
  }

  @Test
  void shapeIsToldFromTheSteepestPiece() {
    assertThat(curve(20, 22, 19, 24).shape()).isEqualTo("flat");
    assertThat(curve(20, 200, 21, 22).shape()).isEqualTo("flat but for a hump");
    assertThat(curve(20, 22, 190, 2_000).shape()).isEqualTo("as N^0.67");
    assertThat(curve(20, 20, 20, 2_000).shape()).isEqualTo("**worse than linear**");
  }

  @Test
  void onePointIsNoCurve() {
    Results results = new Results();
    results.on(25, 0).add("curve launch at 10", "us", 1);
    assertThat(Curve.of("launch", 25, results)).isEmpty();
  }

  @Test
  void plotHasALineForEachJdk() {
    String svg = Plot.of(List.of(curve(20, 22, 25), curve(30, 31, 400)));
    assertThat(svg).startsWith("<svg").endsWith("</svg>\n").doesNotContain("NaN");
    assertThat(svg.split("<polyline")).hasSize(3);
  }
}
