// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.rules.TestRule;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/**
 * Makes instances for a test or a class of tests, and ends every host that still runs afterwards.
 *
 * <p>They lie in {@code target/instances} and stay there until the next run, for whoever wants to
 * read the log of a test that failed.
 */
public final class Instances implements TestRule {
  private final List<Instance> made = new ArrayList<>();
  private Path directory = Path.of("");

  @Override
  public Statement apply(Statement base, Description description) {
    return new Statement() {
      @Override
      public void evaluate() throws Throwable {
        directory = place(description);
        Trees.delete(directory);
        Files.createDirectories(directory);
        try {
          base.evaluate();
        } finally {
          made.forEach(Instance::end);
        }
      }
    };
  }

  private static Path place(Description description) {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    Path classes = module.resolve("target/instances");
    Path ofClass = classes.resolve(description.getTestClass().getSimpleName());
    return description.isTest() ? ofClass.resolve(description.getMethodName()) : ofClass;
  }

  /** Returns the directory in which the instances lie. */
  Path directory() {
    return directory;
  }

  /** Makes an instance with {@code hostler init} and gives it short time-outs. */
  Instance init(String name) throws IOException {
    Path base = directory.resolve(name);
    Commands.hostler("init", base.toString()).ok();
    Instance instance = adopt(base);
    instance.configure(
        "worker_interrupt_delay = 200ms", "worker_stop_timeout = 2s", "preload_timeout = 20s");
    return instance;
  }

  /** Sees to it that the host of an instance that was made otherwise is ended, too. */
  Instance adopt(Path base) {
    Instance instance = new Instance(base);
    made.add(instance);
    return instance;
  }
}
