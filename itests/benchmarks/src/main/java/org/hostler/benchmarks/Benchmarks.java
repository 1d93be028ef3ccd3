// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The program: {@code all}, which writes a report, {@code readme}, which copies its summary into
 * the project's README.md and the chapter on missed goals into it, or a part of all or one of the
 * programs measured beside it, which only print; then options. Its exit status is 0 when everything
 * that was to be measured has been, 1 when something could not, and 2 when it was not understood. A
 * goal that is missed is no failure.
 */
public final class Benchmarks {
  private static final String ALL = "all";

  private static final String README = "readme";

  /** What is written about missed goals. */
  private static final Path MISSED = Path.of("itests", "benchmarks", "MISSED.md");

  private static final String USAGE =
      """
      usage: java -jar org.hostler.benchmarks-VERSION.jar all|readme|%s [OPTION]…
        java=DIR,DIR,…      the JDKs the hosts run on, one after the other
        rounds=N            how often everything is measured
        quick=true          too little to be quoted, but everything: does it work?
        levels=N,N,…        numbers of live workers
        report=DIR          all: where report.md, report.json and the plots go
        postgres=PATH       all: PostgreSQL's pg_config
        classpath=PATH      what is measured in loops without a host
        felix=DIR           boot: Felix's own unpacked distribution
        karaf=DIR           all: Karaf's own unpacked distribution
        karaf-minimal=DIR   all: Karaf's unpacked minimal distribution
        distribution=DIR    the unpacked distribution
        options=TEXT        options for the hosts' JVM
        url=URL user=NAME   session: a database on a server instead of the embedded one""";

  private Benchmarks() {}

  /**
   * Measures and prints what it finds on standard output.
   *
   * @param arguments what to measure, and options
   */
  public static void main(String[] arguments) throws Exception {
    String name = arguments.length == 0 ? "" : arguments[0];
    Optional<Part> part = Part.named(name);
    if (part.isEmpty() && !List.of(ALL, README).contains(name) && !Peers.names().contains(name)) {
      Stream<String> parts = Part.all().stream().map(Part::name);
      Stream<String> names = Stream.concat(parts, Peers.names().stream());
      System.err.printf(USAGE + "%n", names.collect(Collectors.joining("|")));
      System.exit(2);
    }
    Options options = Options.of(arguments);
    if (name.equals(README)) {
      Path page = options.report().resolve(Report.PAGE);
      Summary.complete(page, MISSED);
      Summary.copy(page, Path.of("README.md"));
      return;
    }
    Campaign campaign = new Campaign(options);
    Run run;
    if (part.isPresent()) {
      run = campaign.run(part.get());
    } else {
      run = name.equals(ALL) ? campaign.runAll() : campaign.runPeer(name);
    }
    System.out.print(run.results().table());
    run.notes().forEach(System.out::println);
    if (name.equals(ALL)) {
      System.out.println("report: " + new Report(options.report(), MISSED).write(run));
    }
    System.out.flush();
    System.exit(run.failures().isEmpty() ? 0 : 1);
  }
}
