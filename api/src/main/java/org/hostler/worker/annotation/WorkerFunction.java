// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Gives a component that is a {@code WorkerMain} the name under which its function is registered.
 *
 * <p>Sets the service property {@code worker.function}, and declares the function in the bundle's
 * manifest as a capability {@code org.hostler.function}, so that {@code bgw:functions} lists it
 * before the bundle is loaded.
 */
@ComponentPropertyType
@Capability(namespace = "org.hostler.function", attribute = "name=${#value}")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface WorkerFunction {
  /** Returns the name of the function. */
  String value();
}
