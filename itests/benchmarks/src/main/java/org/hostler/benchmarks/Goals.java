// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import static org.hostler.benchmarks.Goal.EVERY_JDK;

import java.util.ArrayList;
import java.util.List;
import org.hostler.benchmarks.Goal.Anchor;
import org.hostler.benchmarks.Goal.Outcome;
import org.hostler.benchmarks.Goal.Relation;

/**
 * What the host is asked to reach, as a table.
 *
 * <p>Where something else cannot be run beside it, its recorded figure stands in: taken in November
 * 2026 on 2 cores of a 2.6 GHz Xeon with 23 GiB, Linux 6.18, PostgreSQL 15, Erlang/OTP 25, Karaf
 * 4.4.10 and Felix 6.0.3 on JDK 17.
 */
final class Goals {
  /** Where the recorded figures come from. */
  static final String RECORDED =
      "recorded in November 2026 on 2 cores (2.6 GHz Xeon, KVM), 23 GiB, Linux 6.18: PostgreSQL"
          + " 15.18, Erlang/OTP 25.2, Karaf 4.4, Felix 6.0.3";

  private static final double TWENTIETH = 1 / 20.0;
  private static final double FIVE_HUNDREDTH = 1 / 500.0;
  private static final double FIFTIETH = 1 / 50.0;

  private final List<Goal> goals = new ArrayList<>();

  Goals() {
    launching();
    scale();
    restarting();
    ending();
    booting();
    bundles();
    structures();
    commands();
  }

  /** Returns them all, in the order of their numbers. */
  List<Goal> all() {
    return List.copyOf(goals);
  }

  /** Compares all with what was measured, on each JDK on which it was and on which it is asked. */
  List<Outcome> compare(List<Integer> jdks, Results results) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Goal goal : goals) {
      List<Integer> asked = goal.jdk() == EVERY_JDK ? jdks : List.of(goal.jdk());
      asked.forEach(jdk -> outcomes.add(goal.on(jdk, results)));
    }
    return outcomes;
  }

  private void launching() {
    Anchor main = postgres("register to main p50", 778);
    Anchor mainSlow = postgres("register to main p99", 1_221);
    Anchor apart = postgres("register to main apart p50", 778);
    Anchor apartSlow = postgres("register to main apart p99", 1_221);
    atMost("1", 25, "launch on an idle host", "launch apart p50", apart, 1 / 15.0);
    atMost("1", 25, "… its p99", "launch apart p99", apartSlow, 1 / 6.0);
    atMost("1", 25, "launches back to back", "launch back-to-back p50", main, 1 / 15.0);
    atMost("1", 25, "… their p99", "launch back-to-back p99", mainSlow, 1 / 6.0);
    adds("1", 25, "supervision adds", "launch apart p50", "bare virtual apart p50", 15);
    atMost("1", 17, "launch on an idle host", "launch apart p50", apart, 1 / 15.0);
    atMost("1", 17, "… its p99", "launch apart p99", apartSlow, 1 / 6.0);
    atMost("1", 17, "launches back to back", "launch back-to-back p50", main, 1 / 15.0);
    atMost("1", 17, "… their p99", "launch back-to-back p99", mainSlow, 1 / 6.0);
    atMost("1", 17, "launch on a thread nobody has used", "launch new thread p50", apart, 1 / 5.0);
    adds("1", 17, "supervision adds", "launch apart p50", "bare parked apart p50", 15);
    atMost(
        "2",
        25,
        "register → the handle says started",
        "register to started p50",
        postgres("register to started p50", 376),
        1 / 6.0);
    Anchor call = postgres("register call p50", 2.5);
    Anchor callSlow = postgres("register call p99", 510);
    atMost("3", 25, "the call that registers, back to back", "register call p50", call, 1);
    atMost("3", 25, "… its p99", "register call p99", callSlow, 1 / 10.0);
    limit("3", 25, "… on an idle host", "register call idle p50", 25, "us");
    Anchor cycles = Anchor.orRecorded("pg cycles 64", 954, "/s");
    atLeast("4", 25, "no-op lives a second, 64 at once", "cycles 64", cycles, 200);
    atLeast("4", 25, "… beside Erlang", "cycles 64", erlang("cycles", 295_000, "/s"), 0.7);
    atLeast("4", 17, "no-op lives a second, 64 at once", "cycles 64", cycles, 100);
    Anchor threads = Anchor.beside("bare cycles 64");
    atLeast("4", 17, "… beside platform threads", "cycles 64", threads, 0.9);
  }

  private void scale() {
    for (String how : List.of("apart on one processor", "back-to-back")) {
      String launch = "launch " + how + " at ";
      atMost(
          "5",
          25,
          "launch (%s) beside 100,000, to beside 10".formatted(how),
          launch + "100000 p50",
          Anchor.beside(launch + "10 p50"),
          1.25);
    }
    Anchor many = postgres("register to main at 5000 p50", 42_400);
    atMost("5", 25, "launch beside 5,000", "launch back-to-back at 5000 p50", many, FIVE_HUNDREDTH);
    for (String level : List.of("1000", "10000")) {
      atMost(
          "5",
          17,
          "launch beside %s platform threads".formatted(level),
          "launch apart at " + level + " p50",
          Anchor.beside("bare platform start at " + level + " p50"),
          1.15);
    }
    Anchor fill = Anchor.orRecorded("pg fill one by one 5000", 68_000, "ms");
    atMost("6", 25, "bring up 5,000", "fill one by one 5000", fill, FIVE_HUNDREDTH);
    atMost("6", 25, "bring up 100,000", "fill 100000", erlang("fill 100000", 1_190, "ms"), 1);
    limit("7", 25, "100,000 live workers, resident", "memory resident fresh", 390, "MB");
    Anchor process = Anchor.orRecorded("pg memory each", 388, "kB");
    atMost("7", 25, "an idle worker's memory", "memory each fresh", process, 1 / 100.0);
    atMost(
        "7",
        17,
        "an idle worker's memory",
        "memory each platform",
        Anchor.beside("bare memory each platform"),
        1.15);
  }

  private void restarting() {
    Anchor atOnce = postgres("restart at-once p50", 1_750);
    atMost("8", 25, "crash → restarted at once", "restart at-once p50", atOnce, TWENTIETH);
    Anchor erlang = erlang("restart at 1,000 p50", 30, "us");
    atMost("8", 25, "… beside 1,000", "restart at-once at 1000 p50", erlang, 3);
    Anchor late = postgres("restart lateness p50", 4_500);
    atMost("9", 25, "lateness of a delayed restart, p99", "restart lateness p99", late, 0.5);
    Anchor due = Anchor.limit(50, "ms");
    String latest = "restart lateness 10000 max";
    Relation never = Relation.NEVER_MORE_THAN;
    goals.add(new Goal("9", 25, "10,000 due together, the latest", latest, due, never, 1));
    atLeast("10", 25, "restarts a second", "restarts 1", erlang("restarts", 8_000, "/s"), 5);
    atMost(
        "10",
        25,
        "… alone, to beside 100,000",
        "restarts 1",
        Anchor.beside("restarts 100000"),
        1.5);
  }

  private void ending() {
    Anchor end = postgres("terminate p50", 1_360);
    Anchor endSlow = postgres("terminate p99", 2_200);
    atMost("11", 25, "terminate → gone", "terminate p50", end, TWENTIETH);
    atMost("11", 25, "… its p99", "terminate p99", endSlow, 1 / 10.0);
    Anchor latch = postgres("latch round-trip", 2.89);
    String platform = "latch round-trip";
    String virtual = "latch round-trip virtual";
    atMost("12", EVERY_JDK, "latch, platform threads", platform, latch, 0.9);
    Anchor park17 = Anchor.beside("bare park round-trip");
    Anchor park25 = Anchor.beside("bare park round-trip in loops");
    atMost("12", 17, "… beside park and unpark", platform, park17, 1.15);
    atMost("12", 25, "… beside park and unpark", platform, park25, 1.15);
    atMost("12", 25, "latch, virtual threads", virtual, latch, 0.4);
    Anchor park = Anchor.beside("bare park round-trip virtual");
    atMost("12", 25, "… beside park and unpark", virtual, park, 1.15);
  }

  private void booting() {
    String first = "boot first worker";
    atMost("19", EVERY_JDK, "exec → first worker", first, karaf("boot", 2_574), 1 / 6.0);
    atMost("19", EVERY_JDK, "… beside Karaf minimal", first, karaf("minimal", 1_968), 1 / 4.0);
    atMost("19", EVERY_JDK, "… beside Felix alone", first, Anchor.beside("bare framework"), 1.6);
    atMost("20", EVERY_JDK, "exec → prompt", "boot prompt", karaf("prompt", 3_036), 1 / 3.0);
    Anchor prompt17 = Anchor.orRecorded("felix prompt", 1_242, "ms");
    Anchor prompt25 = Anchor.orRecorded("felix prompt", 665, "ms");
    atMost("20", 17, "… beside Felix with its shell", "boot prompt", prompt17, 1);
    atMost("20", 25, "… beside Felix with its shell", "boot prompt", prompt25, 1);
    Anchor karaf = Anchor.orRecorded("Karaf resident", 247, "MB");
    atMost("21", EVERY_JDK, "resident after boot", "boot rss", karaf, 1 / 2.5);
    Anchor rss17 = Anchor.orRecorded("felix rss", 78, "MB");
    Anchor rss25 = Anchor.orRecorded("felix rss", 96, "MB");
    atMost("21", 17, "… beside Felix with its shell", "boot rss", rss17, 1.2);
    atMost("21", 25, "… beside Felix with its shell", "boot rss", rss25, 1.2);
  }

  private void bundles() {
    String worker = "deploy worker";
    atMost("22", EVERY_JDK, "dropped → worker", worker, karaf("deploy", 1_591), FIFTIETH);
    Anchor polling = Anchor.orRecorded("File Install polling every 1 ms", 16, "ms");
    atMost("22", EVERY_JDK, "… beside File Install", worker, polling, 1);
    limit("22", EVERY_JDK, "… processor time meanwhile", "deploy idle cpu", 0.3, "%");
    atMost(
        "23", EVERY_JDK, "removed → stopped", "deploy stopped", karaf("undeploy", 1_006), FIFTIETH);
    for (String what : List.of("install+start", "update")) {
      atMost(
          "24",
          EVERY_JDK,
          what + " by API",
          "api " + what,
          Anchor.beside("bare felix " + what),
          1.25);
    }
    Anchor console = karaf("console update", 17);
    atMost("24", EVERY_JDK, "update, worker relaunched", "api update worker", console, 1 / 5.0);
  }

  private void structures() {
    atMost(
        "26",
        25,
        "look-up by id among 100,000",
        "lookup 100000",
        Anchor.beside("bare OSGi filter look-up 100000"),
        1 / 10_000.0);
    for (String what : List.of("insert", "select")) {
      atLeast(
          "27",
          EVERY_JDK,
          "a worker's transactions: " + what,
          "session " + what,
          Anchor.beside("session bare " + what),
          0.95);
    }
    Anchor spi = Anchor.orRecorded("PostgreSQL SPI insert", 185_000, "/s");
    atLeast("27", EVERY_JDK, "… insert beside SPI", "session insert", spi, 0.6);
    Anchor schedule = Anchor.beside("bare STPE schedule");
    Anchor cancel = Anchor.beside("bare STPE cancel");
    atMost("28", 25, "schedule beside 1 M timers", "timer schedule", schedule, 1);
    atMost("28", 25, "cancel beside 1 M timers", "timer cancel", cancel, 1 / 3.0);
  }

  private void commands() {
    limit("exec", EVERY_JDK, "bin/hostler exec", "exec", 150, "ms");
    limit("status", EVERY_JDK, "bin/hostler status", "status", 20, "ms");
  }

  private static Anchor postgres(String name, double micros) {
    return Anchor.orRecorded("pg " + name, micros, "us");
  }

  private static Anchor erlang(String name, double recorded, String unit) {
    return Anchor.orRecorded("Erlang " + name, recorded, unit);
  }

  private static Anchor karaf(String name, double millis) {
    return Anchor.orRecorded("Karaf " + name, millis, "ms");
  }

  private void atMost(
      String number, int jdk, String text, String figure, Anchor anchor, double bound) {
    goals.add(new Goal(number, jdk, text, figure, anchor, Relation.AT_MOST, bound));
  }

  private void atLeast(
      String number, int jdk, String text, String figure, Anchor anchor, double bound) {
    goals.add(new Goal(number, jdk, text, figure, anchor, Relation.AT_LEAST, bound));
  }

  private void adds(
      String number, int jdk, String text, String figure, String beside, double bound) {
    Anchor anchor = Anchor.beside(beside);
    goals.add(new Goal(number, jdk, text, figure, anchor, Relation.ADDS_AT_MOST, bound));
  }

  private void limit(String number, int jdk, String text, String figure, double most, String unit) {
    atMost(number, jdk, text, figure, Anchor.limit(most, unit), 1);
  }
}
