// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The live objects of this JVM, after a collection.
 *
 * @param bytes by the name of their class, as the JVM writes it
 */
record Histogram(Map<String, Long> bytes) {
  private static final Pattern LINE = Pattern.compile(" *\\d+: +\\d+ +(\\d+) +(\\S+).*");

  static Histogram now() throws JMException {
    String text =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    Map<String, Long> bytes = new TreeMap<>();
    for (String line : text.split("\n")) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        bytes.merge(matcher.group(2), Long.parseLong(matcher.group(1)), Long::sum);
      }
    }
    return new Histogram(bytes);
  }

  /** Returns what of it came after another was taken; negative where objects have gone. */
  Histogram since(Histogram before) {
    Map<String, Long> more = new TreeMap<>(bytes);
    before.bytes.forEach((name, old) -> more.merge(name, -old, Long::sum));
    return new Histogram(more);
  }
}
