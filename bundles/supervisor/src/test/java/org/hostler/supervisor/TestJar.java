// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.osgi.framework.BundleActivator;

/** Writes small bundles, and jars that are none. */
final class TestJar {
  private final Manifest manifest = new Manifest();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final Map<String, byte[]> stored = new LinkedHashMap<>();

  private TestJar() {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
  }

  static TestJar plain() {
    return new TestJar();
  }

  static TestJar bundle(String symbolicName, String version) {
    return new TestJar()
        .header("Bundle-ManifestVersion", "2")
        .header("Bundle-SymbolicName", symbolicName)
        .header("Bundle-Version", version);
  }

  TestJar header(String name, String value) {
    manifest.getMainAttributes().putValue(name, value);
    return this;
  }

  TestJar imports(String packages) {
    return header("Import-Package", packages);
  }

  /** Exports a package, which exists. */
  TestJar exports(String name, String version) {
    entry(name.replace('.', '/') + "/here.txt", "here");
    return header("Export-Package", "%s;version=\"%s\"".formatted(name, version));
  }

  /** Adds an activator of the tests, which must need nothing but OSGi's and Java's classes. */
  TestJar activator(Class<? extends BundleActivator> type) {
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream bytes = type.getClassLoader().getResourceAsStream(file)) {
      entries.put(file, bytes.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    header("Bundle-Activator", type.getName());
    String imports = manifest.getMainAttributes().getValue("Import-Package");
    return imports("org.osgi.framework" + (imports == null ? "" : "," + imports));
  }

  TestJar entry(String name, String text) {
    entries.put(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return this;
  }

  /** Adds bytes that are stored, not deflated. */
  TestJar stored(String name, byte[] bytes) {
    stored.put(name, bytes);
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        jar.putNextEntry(new ZipEntry(entry.getKey()));
        jar.write(entry.getValue());
      }
      for (Map.Entry<String, byte[]> entry : stored.entrySet()) {
        CRC32 checksum = new CRC32();
        checksum.update(entry.getValue());
        ZipEntry zipEntry = new ZipEntry(entry.getKey());
        zipEntry.setMethod(ZipEntry.STORED);
        zipEntry.setSize(entry.getValue().length);
        zipEntry.setCrc(checksum.getValue());
        jar.putNextEntry(zipEntry);
        jar.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  Path writeTo(Path file) {
    try {
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
