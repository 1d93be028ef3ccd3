// SPDX-License-Identifier: Apache-2.0
package org.hostler.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Jars of one class, which is the activator. */
final class TinyBundle {

  private TinyBundle() {}

  /**
   * Returns the bytes of one.
   *
   * @param symbolicName its name
   * @param activator a class of this program; named, since its interfaces may be missing here
   * @param imports the packages it needs
   */
  static byte[] of(String symbolicName, String activator, String imports) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", symbolicName);
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Bundle-Activator", activator);
    main.putValue("Import-Package", imports);
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    String name = activator.replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(jar, manifest);
        InputStream code = TinyBundle.class.getResourceAsStream("/" + name)) {
      out.putNextEntry(new JarEntry(name));
      code.transferTo(out);
      out.closeEntry();
    }
    return jar.toByteArray();
  }
}
