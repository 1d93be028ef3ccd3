// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * A picture of curves as SVG: both axes logarithmic, a line for each JDK, the range of the rounds
 * as a bar at each point, and a thin line that a figure in proportion to the workers would follow.
 */
final class Plot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;
  private static final int LEFT = 80;
  private static final int RIGHT = 20;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;
  private static final List<String> COLOURS = List.of("#1f77b4", "#d62728", "#2ca02c", "#9467bd");

  private final List<Curve> curves;
  private final StringBuilder svg = new StringBuilder();
  private final double leastLevel;
  private final double mostLevel;
  private final double bottom;
  private final double top;

  private Plot(List<Curve> curves) {
    this.curves = curves;
    leastLevel = curves.stream().mapToInt(curve -> curve.points().firstKey()).min().orElseThrow();
    mostLevel = curves.stream().mapToInt(curve -> curve.points().lastKey()).max().orElseThrow();
    bottom = decade(values(Series::least).min().orElseThrow(), false);
    top = decade(values(Series::most).max().orElseThrow(), true);
  }

  /**
   * Draws curves of one name.
   *
   * @param curves at least one, one for each JDK
   */
  static String of(List<Curve> curves) {
    return new Plot(curves).draw();
  }

  private DoubleStream values(ToDoubleFunction<Series> of) {
    return curves.stream().flatMap(curve -> curve.points().values().stream()).mapToDouble(of);
  }

  private static double decade(double value, boolean above) {
    double log = Math.log10(Math.max(value, 1e-3));
    double power = above ? Math.floor(log) + 1 : Math.ceil(log) - 1;
    return Math.pow(10, power);
  }

  private String draw() {
    Curve first = curves.get(0);
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"12\">",
        WIDTH, HEIGHT);
    line("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
    text(WIDTH / 2.0, 20, "middle", first.name() + " (" + first.unit() + ")", "black");
    text(WIDTH / 2.0, HEIGHT - 10.0, "middle", "live workers", "black");
    axes();
    for (int i = 0; i < curves.size(); i++) {
      String colour = COLOURS.get(i % COLOURS.size());
      curve(curves.get(i), colour);
      text(LEFT + 10.0, TOP + 15.0 + 16 * i, "start", "JDK " + curves.get(i).jdk(), colour);
    }
    linear(first);
    line("</svg>");
    return svg.toString();
  }

  private void axes() {
    for (double value = bottom; value <= top * 1.001; value *= 10) {
      grid(LEFT, y(value), WIDTH - RIGHT, y(value));
      text(LEFT - 6.0, y(value) + 4, "end", Series.number(value), "black");
    }
    for (double level = leastLevel; level <= mostLevel * 1.001; level *= 10) {
      grid(x(level), TOP, x(level), HEIGHT - BOTTOM);
      text(x(level), HEIGHT - BOTTOM + 16.0, "middle", whole(level), "black");
    }
  }

  private static String whole(double level) {
    return String.format(Locale.ROOT, "%,.0f", level);
  }

  private void curve(Curve curve, String colour) {
    StringBuilder points = new StringBuilder();
    for (Map.Entry<Integer, Series> point : curve.points().entrySet()) {
      double x = x(point.getKey());
      Series series = point.getValue();
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y(series.median())));
      stroke(x, y(series.least()), x, y(series.most()), colour, 1);
    }
    line(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
        points.toString().strip(), colour);
  }

  /** From the first point on, until it leaves the picture. */
  private void linear(Curve curve) {
    double level = curve.points().firstKey();
    double value = curve.points().get(curve.points().firstKey()).median();
    double growth = Math.min(mostLevel / level, top / value);
    line(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#999\""
            + " stroke-dasharray=\"4 4\"/>",
        x(level), y(value), x(level * growth), y(value * growth));
  }

  private void grid(double x1, double y1, double x2, double y2) {
    stroke(x1, y1, x2, y2, "#ddd", 1);
  }

  private void stroke(double x1, double y1, double x2, double y2, String colour, int width) {
    line(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>",
        x1, y1, x2, y2, colour, width);
  }

  private void text(double x, double y, String anchor, String text, String colour) {
    line(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
        x, y, anchor, colour, text);
  }

  private double x(double level) {
    double part = Math.log(level / leastLevel) / Math.log(mostLevel / leastLevel);
    return LEFT + part * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    double part = Math.log(Math.max(value, bottom) / bottom) / Math.log(top / bottom);
    return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
  }

  private void line(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
