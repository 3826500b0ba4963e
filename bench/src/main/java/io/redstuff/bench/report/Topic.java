package io.redstuff.bench.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One subject of the report: what to run, and what to make of it.
 *
 * @param name what it is called on the command line, in file names and in the page
 * @param describes what it is about, for the list of topics
 * @param runs what to run
 * @param sections the tables
 * @param chart the plot, if there is one
 */
record Topic(
    String name, String describes, List<Run> runs, List<Section> sections, Optional<Chart> chart) {
  Topic {
    runs = List.copyOf(runs);
    sections = List.copyOf(sections);
  }

  /**
   * Finds topics.
   *
   * @param names their names, or {@code all}
   * @param topics those there are, by name
   * @return them, in the order of the names
   * @throws IllegalArgumentException if there is no such topic; says which there are
   */
  static List<Topic> named(List<String> names, Map<String, Topic> topics) {
    if (names.contains("all")) {
      return List.copyOf(topics.values());
    }
    return names.stream()
        .map(
            name -> {
              Topic topic = topics.get(name);
              if (topic == null) {
                throw new IllegalArgumentException(
                    "no topic " + name + "; there are " + String.join(", ", topics.keySet()));
              }
              return topic;
            })
        .toList();
  }
}
