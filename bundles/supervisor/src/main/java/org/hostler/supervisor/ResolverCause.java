// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;

/**
 * Why a bundle cannot be resolved, in one line for people: {@code needs package p [1,2); nobody
 * offers it; nearest: p 2.1}.
 *
 * <p>The framework's own message quotes filters and every attempt of the resolver. Here each
 * requirement is compared with everything that is installed; where something matches but cannot be
 * resolved itself, its cause is the cause. What is left are conflicts between chains of packages,
 * for which the framework's words are the best there are.
 */
final class ResolverCause {
  private static final Pattern FLOOR = Pattern.compile("(?<!!)\\((?:bundle-)?version>=([^)]*)\\)");
  private static final Pattern CEILING =
      Pattern.compile(
          "\\(!\\((?:bundle-)?version(>=|>)([^)]*)\\)\\)|\\((?:bundle-)?version<=([^)]*)\\)");
  private static final int MAX_WORDS = 400;

  private final List<BundleCapability> offered = new ArrayList<>();
  private final Set<Bundle> visited = new HashSet<>();

  private ResolverCause(BundleContext context) {
    for (Bundle bundle : context.getBundles()) {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      if (revision != null) {
        offered.addAll(revision.getDeclaredCapabilities(null));
      }
    }
  }

  /**
   * Says why a bundle does not resolve.
   *
   * @param context any valid context
   * @param bundle a bundle in state {@code INSTALLED}
   * @param message what the framework said when it was to be started
   */
  static String of(BundleContext context, Bundle bundle, String message) {
    return new ResolverCause(context).missing(bundle).orElseGet(() -> oneLine(message));
  }

  private Optional<String> missing(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null || !visited.add(bundle)) {
      return Optional.empty();
    }
    return revision.getDeclaredRequirements(null).stream()
        .filter(ResolverCause::mandatory)
        .map(this::missing)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static boolean mandatory(BundleRequirement requirement) {
    Map<String, String> directives = requirement.getDirectives();
    String resolution = directives.getOrDefault(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE, "");
    String effective = directives.getOrDefault(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, "");
    return (resolution.isEmpty() || resolution.equals(Namespace.RESOLUTION_MANDATORY))
        && (effective.isEmpty() || effective.equals(Namespace.EFFECTIVE_RESOLVE));
  }

  private Optional<String> missing(BundleRequirement requirement) {
    List<Bundle> providers =
        offered.stream()
            .filter(requirement::matches)
            .map(capability -> capability.getRevision().getBundle())
            .toList();
    if (providers.isEmpty()) {
      String nearest = nearest(requirement).map("; nearest: "::concat).orElse("");
      return Optional.of("needs %s; nobody offers it%s".formatted(words(requirement), nearest));
    }
    if (providers.stream().anyMatch(provider -> provider.getState() != Bundle.INSTALLED)) {
      return Optional.empty();
    }
    return providers.stream()
        .flatMap(provider -> missing(provider).map(why -> butCannot(provider, why)).stream())
        .findFirst()
        .map(why -> "needs %s; %s".formatted(words(requirement), why));
  }

  private static String butCannot(Bundle provider, String why) {
    return "bundle \"%s\" would offer it but %s".formatted(provider.getSymbolicName(), why);
  }

  private Optional<String> nearest(BundleRequirement requirement) {
    String namespace = requirement.getNamespace();
    String wanted = name(requirement);
    Map<String, String> titles = new TreeMap<>();
    for (BundleCapability capability : offered) {
      Object name = capability.getAttributes().get(namespace);
      if (capability.getNamespace().equals(namespace) && name instanceof String text) {
        Object version = version(capability);
        titles.merge(text, text + (version == null ? "" : " " + brief(version)), (a, b) -> b);
      }
    }
    return titles.containsKey(wanted)
        ? Optional.ofNullable(titles.get(wanted))
        : NearestName.of(wanted, titles.keySet()).map(titles::get);
  }

  private static @Nullable Object version(BundleCapability capability) {
    Map<String, Object> attributes = capability.getAttributes();
    return attributes.getOrDefault("version", attributes.get("bundle-version"));
  }

  private static String words(BundleRequirement requirement) {
    String name = name(requirement);
    String range = range(filter(requirement));
    return switch (requirement.getNamespace()) {
      case PackageNamespace.PACKAGE_NAMESPACE -> "package " + name + range;
      case BundleNamespace.BUNDLE_NAMESPACE -> "bundle " + name + range;
      case HostNamespace.HOST_NAMESPACE -> "host bundle " + name + range;
      case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE ->
          "another Java: " + filter(requirement);
      default -> requirement.getNamespace() + " " + filter(requirement);
    };
  }

  private static String filter(BundleRequirement requirement) {
    return requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
  }

  private static String name(BundleRequirement requirement) {
    String namespace = Pattern.quote(requirement.getNamespace());
    Matcher name = Pattern.compile("\\(" + namespace + "=([^)]*)\\)").matcher(filter(requirement));
    return name.find() ? name.group(1) : "";
  }

  private static String range(String filter) {
    Matcher floor = FLOOR.matcher(filter);
    Matcher ceiling = CEILING.matcher(filter);
    if (!floor.find()) {
      return "";
    }
    String low = brief(floor.group(1));
    if (!ceiling.find()) {
      return low.equals("0") ? "" : " " + low + " or later";
    }
    return ceiling.group(3) != null || ">".equals(ceiling.group(1))
        ? " [%s,%s]"
            .formatted(low, brief(Optional.ofNullable(ceiling.group(3)).orElse(ceiling.group(2))))
        : " [%s,%s)".formatted(low, brief(ceiling.group(2)));
  }

  private static String brief(Object version) {
    return version.toString().replaceFirst("(\\.0)+$", "");
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_WORDS ? line : line.substring(0, MAX_WORDS) + " …";
  }
}
