// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is registered: the description of a background worker, PostgreSQL's {@code struct
 * BackgroundWorker} (contract R2).
 *
 * <p>It is a value: immutable, checked where it is built, and therefore always valid (R4–R10). Too
 * long a text is refused, never cut. Library and function need not exist yet (R10).
 *
 * <pre>{@code
 * BackgroundWorker worker =
 *     BackgroundWorker.builder("cleaner")
 *         .library("org.acme.jobs")
 *         .function("clean")
 *         .restart(RestartPolicy.after(Duration.ofSeconds(5)))
 *         .mainArg("old rows")
 *         .build();
 * }</pre>
 */
public final class BackgroundWorker {
  /** The longest name, type and function, in characters; PostgreSQL's {@code BGW_MAXLEN} - 1. */
  public static final int MAX_NAME = 95;

  /** The longest library, in characters; PostgreSQL's {@code MAXPGPATH} - 1. */
  public static final int MAX_LIBRARY = 1_023;

  /** The longest extra data, in bytes. */
  public static final int MAX_EXTRA = 8_192;

  /** The library that names the host's own functions. */
  public static final String HOST_LIBRARY = "hostler";

  private final String name;
  private final String type;
  private final Set<WorkerFlag> flags;
  private final StartTime startTime;
  private final RestartPolicy restart;
  private final String library;
  private final String function;
  private final Datum mainArg;
  private final byte[] extra;
  private final Optional<WorkerId> notifyId;
  private final Optional<Isolation> isolation;
  private final OptionalLong heap;

  private static final byte[] NO_EXTRA = {};
  private static final Set<WorkerFlag> SHMEM_ONLY = Set.of(WorkerFlag.SHMEM_ACCESS);

  private BackgroundWorker(Builder builder) {
    name = builder.name;
    type = builder.type.isEmpty() ? builder.name : builder.type; // R9
    flags =
        builder.flags.equals(SHMEM_ONLY)
            ? SHMEM_ONLY // shared: a hundred thousand workers have this very set
            : Set.copyOf(builder.flags);
    startTime = builder.startTime;
    restart = builder.restart;
    library = builder.library;
    function = builder.function;
    mainArg = builder.mainArg;
    extra = builder.extra.length == 0 ? NO_EXTRA : builder.extra.clone();
    notifyId = builder.notifyId;
    isolation = builder.isolation;
    heap = builder.heap;
    check();
  }

  private void check() {
    checkText("name", name, MAX_NAME, false);
    checkText("type", type, MAX_NAME, false);
    checkText("library", library, MAX_LIBRARY, true);
    checkText("function", function, MAX_NAME, true);
    checkExtra();
    if (!flags.contains(WorkerFlag.SHMEM_ACCESS)) {
      throw invalid(
          "workers without shared memory access are not supported",
          "flags are " + flags,
          "Add SHMEM_ACCESS to the flags."); // R4
    }
    if (flags.contains(WorkerFlag.DATABASE_CONNECTION) && startTime == StartTime.HOST_START) {
      throw invalid(
          "database access cannot be requested at host start",
          "startTime is HOST_START and flags contain DATABASE_CONNECTION",
          "Use startTime(CONSISTENT_STATE) or later."); // R5
    }
    if (flags.contains(WorkerFlag.INTERRUPTIBLE)
        && !flags.contains(WorkerFlag.DATABASE_CONNECTION)) {
      throw invalid(
          "an interruptible worker needs a database connection",
          "flags are " + flags,
          "Add DATABASE_CONNECTION to the flags, or leave INTERRUPTIBLE out."); // R6
    }
  }

  private void checkText(String what, String text, int longest, boolean required) {
    if (text.length() > longest) {
      throw new IllegalArgumentException(
          String.join(
              "\n",
              "background worker \"%s\": %s is too long".formatted(shortened(name), what),
              "it has %d characters, %d are possible".formatted(text.length(), longest),
              "Choose a shorter %s.".formatted(what)));
    }
    if (required && text.isBlank()) {
      throw invalid("it has no " + what, "the %s is empty".formatted(what), "Give a " + what + ".");
    }
    if (text.codePoints().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new IllegalArgumentException(
          String.join(
              "\n",
              "background worker: %s contains control characters".formatted(what),
              "it is \"%s\"".formatted(shortened(text).replaceAll("\\p{Cntrl}", "?")),
              "Use printable characters only."));
    }
  }

  private void checkExtra() {
    if (extra.length > MAX_EXTRA) {
      throw invalid(
          "extra data is too long",
          "it has %d bytes, %d are possible".formatted(extra.length, MAX_EXTRA),
          "Hand over a name or an index instead.");
    }
    if (heap.isPresent() && heap.getAsLong() < 1_048_576) {
      throw invalid(
          "the heap of a process worker is too small",
          "it is %d bytes, at least 1 MB is needed".formatted(heap.getAsLong()),
          "Use heap(64 MB) or more.");
    }
  }

  private static String shortened(String text) {
    return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME) + "…";
  }

  private IllegalArgumentException invalid(String what, String detail, String hint) {
    return new IllegalArgumentException(
        String.join("\n", "background worker \"%s\": %s".formatted(name, what), detail, hint));
  }

  /**
   * Begins the description of a worker.
   *
   * @param name its name, for people; need not be unique
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** Returns a builder that holds this description, to change a part of it. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Returns the name, for people; need not be unique. At most {@value #MAX_NAME} characters. */
  public String name() {
    return name;
  }

  /** Returns the type, which groups workers in listings; the name when none was given (R9). */
  public String type() {
    return type;
  }

  /** Returns what the worker needs; an unmodifiable set. */
  public Set<WorkerFlag> flags() {
    return flags;
  }

  /** Returns from which phase on the worker may be started. */
  public StartTime startTime() {
    return startTime;
  }

  /** Returns what happens when a life ends with a status other than 0. */
  public RestartPolicy restart() {
    return restart;
  }

  /** Returns the bundle symbolic name, optionally with a version range in OSGi's syntax. */
  public String library() {
    return library;
  }

  /** Returns the {@code worker.function} property of the service that is run. */
  public String function() {
    return function;
  }

  /** Returns the main argument; {@link Datum#NULL} when none was given. */
  public Datum mainArg() {
    return mainArg;
  }

  /** Returns a copy of the extra data; empty when none was given. */
  public byte[] extra() {
    return extra.length == 0 ? extra : extra.clone();
  }

  /**
   * Returns whose latch is set when this worker is launched and when a life of it ends (N1); what
   * {@link Builder#notify(WorkerId)} set. ({@code notify()} is taken by {@link Object}.)
   */
  public Optional<WorkerId> notifyId() {
    return notifyId;
  }

  /** Returns where the worker wants to run; empty: as the host's settings say. */
  public Optional<Isolation> isolation() {
    return isolation;
  }

  /** Returns the heap of a process worker in bytes; empty: as the host's settings say. */
  public OptionalLong heap() {
    return heap;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BackgroundWorker that
        && name.equals(that.name)
        && type.equals(that.type)
        && flags.equals(that.flags)
        && startTime == that.startTime
        && restart.equals(that.restart)
        && library.equals(that.library)
        && function.equals(that.function)
        && mainArg.equals(that.mainArg)
        && Arrays.equals(extra, that.extra)
        && notifyId.equals(that.notifyId)
        && isolation.equals(that.isolation)
        && heap.equals(that.heap);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, type, library, function, mainArg);
  }

  @Override
  public String toString() {
    return "background worker \"%s\" (%s, %s)".formatted(name, library, function);
  }

  /** Collects the parts of a {@link BackgroundWorker}; not safe for use by several threads. */
  public static final class Builder {
    private final String name;
    private String type = "";
    private final Set<WorkerFlag> flags = new HashSet<>(SHMEM_ONLY);
    private StartTime startTime = StartTime.RECOVERY_FINISHED;
    private RestartPolicy restart = RestartPolicy.after(RestartPolicy.DEFAULT_INTERVAL);
    private String library = "";
    private String function = "";
    private Datum mainArg = Datum.NULL;
    private byte[] extra = NO_EXTRA;
    private Optional<WorkerId> notifyId = Optional.empty();
    private Optional<Isolation> isolation = Optional.empty();
    private OptionalLong heap = OptionalLong.empty();

    private Builder(String name) {
      this.name = Objects.requireNonNull(name, "name");
    }

    private Builder(BackgroundWorker worker) {
      name = worker.name;
      type = worker.type;
      flags(worker.flags);
      startTime = worker.startTime;
      restart = worker.restart;
      library = worker.library;
      function = worker.function;
      mainArg = worker.mainArg;
      extra = worker.extra;
      notifyId = worker.notifyId;
      isolation = worker.isolation;
      heap = worker.heap;
    }

    /** Sets the type; without it the type is the name (R9). */
    public Builder type(String type) {
      this.type = Objects.requireNonNull(type, "type");
      return this;
    }

    /** Adds a flag; a new builder has {@link WorkerFlag#SHMEM_ACCESS}. */
    public Builder flag(WorkerFlag flag) {
      flags.add(flag);
      return this;
    }

    /** Replaces all flags. */
    public Builder flags(Set<WorkerFlag> flags) {
      this.flags.clear();
      this.flags.addAll(flags);
      return this;
    }

    /** Sets the phase from which on the worker may start; default {@code RECOVERY_FINISHED}. */
    public Builder startTime(StartTime startTime) {
      this.startTime = Objects.requireNonNull(startTime, "startTime");
      return this;
    }

    /** Sets the restart policy; default: after 60 s. */
    public Builder restart(RestartPolicy restart) {
      this.restart = Objects.requireNonNull(restart, "restart");
      return this;
    }

    /** Sets the library: a bundle symbolic name, optionally with a range ({@code a.b;[1.2,2)}). */
    public Builder library(String library) {
      this.library = Objects.requireNonNull(library, "library");
      return this;
    }

    /** Sets the function: the {@code worker.function} property of a {@link WorkerMain} service. */
    public Builder function(String function) {
      this.function = Objects.requireNonNull(function, "function");
      return this;
    }

    /** Sets the main argument. */
    public Builder mainArg(Datum mainArg) {
      this.mainArg = Objects.requireNonNull(mainArg, "mainArg");
      return this;
    }

    /** Sets a text as the main argument. */
    public Builder mainArg(String text) {
      return mainArg(Datum.of(text));
    }

    /** Sets an integer as the main argument. */
    public Builder mainArg(long number) {
      return mainArg(Datum.of(number));
    }

    /** Sets the extra data; copied when the worker is built. */
    public Builder extra(byte[] extra) {
      this.extra = extra.clone();
      return this;
    }

    /** Sets the extra data to a text in UTF-8. */
    public Builder extra(String text) {
      this.extra = text.getBytes(StandardCharsets.UTF_8);
      return this;
    }

    /** Sets whom to wake when this worker is launched and whenever a life of it ends. */
    public Builder notify(WorkerId subscriber) {
      this.notifyId = Optional.of(subscriber);
      return this;
    }

    /** Sets where the worker runs; without it the host's settings decide. */
    public Builder isolation(Isolation isolation) {
      this.isolation = Optional.of(isolation);
      return this;
    }

    /** Sets the heap of a process worker, in bytes. */
    public Builder heap(long bytes) {
      this.heap = OptionalLong.of(bytes);
      return this;
    }

    /**
     * Checks everything and makes the worker.
     *
     * @throws IllegalArgumentException when a part is invalid; the message has three lines: what is
     *     wrong, the numbers, what to do
     */
    public BackgroundWorker build() {
      return new BackgroundWorker(this);
    }
  }
}
