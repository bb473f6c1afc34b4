package dev.rollcall.simulators.hcm.rest;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a resource is asked for: which attributes, and which children with what of them.
 *
 * @param all whether every attribute is meant
 */
record Wish(boolean all, Set<String> attributes, Map<String, Wish> children) {
  private static Wish whole() {
    return new Wish(true, new LinkedHashSet<>(), new LinkedHashMap<>());
  }

  private static Wish nothing() {
    return new Wish(false, new LinkedHashSet<>(), new LinkedHashMap<>());
  }

  boolean has(String attribute) {
    return all || attributes.contains(attribute);
  }

  /**
   * What a query asks for; {@code fields} wins over {@code expand}.
   *
   * @throws Problem 400 where there is no such child or attribute
   */
  static Wish of(Resource<?> resource, String fields, String expand) {
    if (!fields.isEmpty()) {
      return fields(resource, fields);
    }
    Wish wish = whole();
    for (String path : split(expand, ",")) {
      if (path.equals("all")) {
        resource
            .children()
            .forEach(name -> wish.children.put(name, everything(resource.child(name).resource())));
      } else {
        Wish at = wish;
        Resource<?> in = resource;
        for (String name : split(path, "\\.")) {
          in = in.child(name).resource();
          at = at.children.computeIfAbsent(name, any -> whole());
        }
      }
    }
    return wish;
  }

  private static Wish everything(Resource<?> resource) {
    Wish wish = whole();
    resource
        .children()
        .forEach(name -> wish.children.put(name, everything(resource.child(name).resource())));
    return wish;
  }

  private static Wish fields(Resource<?> resource, String fields) {
    Wish wish = nothing();
    for (String part : split(fields, ";")) {
      int colon = part.indexOf(':');
      Wish at = wish;
      Resource<?> in = resource;
      if (colon >= 0) {
        for (String name : split(part.substring(0, colon), "\\.")) {
          in = in.child(name).resource();
          at = at.children.computeIfAbsent(name, any -> nothing());
        }
      }
      for (String name : split(part.substring(colon + 1), ",")) {
        at.attributes.add(in.attribute(name).name());
      }
    }
    return wish;
  }

  private static List<String> split(String text, String by) {
    return Arrays.stream(text.split(by, -1))
        .map(String::strip)
        .filter(one -> !one.isEmpty())
        .toList();
  }
}
