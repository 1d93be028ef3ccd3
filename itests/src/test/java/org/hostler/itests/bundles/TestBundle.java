// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.bundles;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hostler.worker.WorkerMain;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleActivator;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.jdbc.DataSourceFactory;
import org.slf4j.Logger;

/** A bundle in the making: packs compiled classes into a jar, with the manifest bnd finds right. */
public final class TestBundle {
  private final Map<String, String> headers = new TreeMap<>();
  private final List<String> resources = new ArrayList<>();

  private TestBundle(String symbolicName) {
    headers.put(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
    headers.put(Constants.BUNDLE_VERSION, "1.0.0");
    with(Waiting.class);
  }

  /** Begins a bundle of version 1.0.0 without any class of its own. */
  public static TestBundle named(String symbolicName) {
    return new TestBundle(symbolicName);
  }

  public TestBundle version(String version) {
    return header(Constants.BUNDLE_VERSION, version);
  }

  /** Adds or replaces a header of the manifest. */
  public TestBundle header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Adds the bundle's activator, with its nested classes. */
  public TestBundle activator(Class<? extends BundleActivator> activator) {
    return with(activator).header(Constants.BUNDLE_ACTIVATOR, activator.getName());
  }

  /** Adds a class with its nested classes; components are found by their annotations. */
  public TestBundle with(Class<?> type) {
    String directory = type.getPackageName().replace('.', '/');
    Path classes = location(type).resolve(directory);
    String pattern = type.getSimpleName() + "{,$*}.class";
    try (DirectoryStream<Path> files = Files.newDirectoryStream(classes, pattern)) {
      files.forEach(file -> resources.add(directory + "/" + file.getFileName() + "=" + file));
    } catch (IOException e) {
      throw new IllegalStateException("class " + type.getName() + " cannot be packed", e);
    }
    return this;
  }

  /** Packs the bundle as {@code NAME-VERSION.jar} into a directory. */
  public Path buildIn(Path directory) throws IOException {
    return buildAs(
        directory.resolve(
            headers.get(Constants.BUNDLE_SYMBOLICNAME).replaceFirst(";.*", "")
                + "-"
                + headers.get(Constants.BUNDLE_VERSION)
                + ".jar"));
  }

  /**
   * Packs the bundle into a file. It is written beside it and moved there at once, so that a host
   * that watches the directory never sees a part of it.
   */
  public Path buildAs(Path file) throws IOException {
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try (Builder builder = new Builder()) {
      builder.setClasspath(classpath());
      headers.forEach(builder::setProperty);
      builder.setProperty(Constants.INCLUDERESOURCE, String.join(",", resources));
      builder.setProperty(Constants.NOEXTRAHEADERS, "true");
      Jar jar = builder.build();
      if (!builder.isOk()) {
        throw new IllegalStateException(file + ": " + builder.getErrors() + builder.getWarnings());
      }
      jar.write(part.toFile());
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(file + " cannot be packed", e);
    }
    return Files.move(part, file);
  }

  private static File[] classpath() {
    return Stream.of(
            TestBundle.class,
            WorkerMain.class,
            BundleActivator.class,
            Capability.class,
            Component.class,
            DataSourceFactory.class,
            Logger.class)
        .map(type -> location(type).toFile())
        .toArray(File[]::new);
  }

  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(type + " comes from nowhere", e);
    }
  }
}
