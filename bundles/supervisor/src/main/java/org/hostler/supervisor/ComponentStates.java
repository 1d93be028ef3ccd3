// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Asks the component runtime, if there is one, why a component does not offer its function.
 *
 * <p>It asks the framework: never with the baton held.
 */
final class ComponentStates {
  private static final String HEADER = "Service-Component";
  private static final long ASK_AGAIN_MILLIS = 50;
  private static final int TRIES = 40;

  private final BundleContext context;
  private final Errands errands;

  ComponentStates(BundleContext context, Errands errands) {
    this.context = context;
    this.errands = errands;
  }

  /** Returns why the component with that function is not satisfied; empty when there is none. */
  String why(Bundle bundle, String function) {
    return why(
        bundle, component -> function.equals(component.properties.get(FunctionDirectory.PROPERTY)));
  }

  /** Returns why a component of a bundle is not satisfied; empty when all are. */
  String why(Bundle bundle) {
    return why(bundle, component -> true);
  }

  private String why(Bundle bundle, Predicate<ComponentDescriptionDTO> which) {
    ServiceReference<ServiceComponentRuntime> reference =
        context.getServiceReference(ServiceComponentRuntime.class);
    ServiceComponentRuntime runtime = reference == null ? null : context.getService(reference);
    if (runtime == null) {
      return "";
    }
    try {
      return runtime.getComponentDescriptionDTOs(bundle).stream()
          .filter(which)
          .map(component -> why(runtime, component))
          .filter(words -> !words.isEmpty())
          .findFirst()
          .orElse("");
    } finally {
      context.ungetService(reference);
    }
  }

  private static String why(ServiceComponentRuntime runtime, ComponentDescriptionDTO component) {
    String name = "component \"%s\" ".formatted(component.name);
    if (!runtime.isComponentEnabled(component)) {
      return name + "is disabled";
    }
    Collection<ComponentConfigurationDTO> configurations =
        runtime.getComponentConfigurationDTOs(component);
    for (ComponentConfigurationDTO configuration : configurations) {
      String state = why(configuration);
      if (!state.isEmpty()) {
        return name + state;
      }
    }
    return configurations.isEmpty() ? name + "has no configuration" : "";
  }

  private static String why(ComponentConfigurationDTO configuration) {
    return switch (configuration.state) {
      case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> "waits for its configuration";
      case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
          "is not satisfied: "
              + Arrays.stream(configuration.unsatisfiedReferences)
                  .map(reference -> reference(configuration, reference))
                  .collect(Collectors.joining(", "));
      case ComponentConfigurationDTO.FAILED_ACTIVATION ->
          "could not be activated: " + firstLine(configuration.failure);
      default -> "";
    };
  }

  private static String reference(
      ComponentConfigurationDTO configuration, UnsatisfiedReferenceDTO unsatisfied) {
    return Arrays.stream(configuration.description.references)
        .filter(reference -> reference.name.equals(unsatisfied.name))
        .map(
            reference ->
                "reference \"%s\" to a service %s"
                    .formatted(reference.name, reference.interfaceName))
        .findFirst()
        .orElse("reference \"%s\"".formatted(unsatisfied.name));
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }

  /**
   * Calls back with the names of a bundle's components, when the component runtime has read them or
   * two seconds are over; not at all when the bundle goes meanwhile.
   */
  void whenKnown(Bundle bundle, Consumer<List<String>> then) {
    whenKnown(bundle, then, TRIES);
  }

  private void whenKnown(Bundle bundle, Consumer<List<String>> then, int tries) {
    if (bundle.getState() != Bundle.ACTIVE) {
      return;
    }
    if (bundle.getHeaders().get(HEADER) == null) {
      then.accept(List.of());
      return;
    }
    List<String> names = names(bundle);
    if (!names.isEmpty() || tries == 0) {
      then.accept(names);
    } else {
      errands.after(ASK_AGAIN_MILLIS, () -> whenKnown(bundle, then, tries - 1));
    }
  }

  private List<String> names(Bundle bundle) {
    ServiceReference<ServiceComponentRuntime> reference =
        context.getServiceReference(ServiceComponentRuntime.class);
    ServiceComponentRuntime runtime = reference == null ? null : context.getService(reference);
    if (runtime == null) {
      return List.of();
    }
    try {
      return runtime.getComponentDescriptionDTOs(bundle).stream().map(c -> c.name).toList();
    } finally {
      context.ungetService(reference);
    }
  }
}
