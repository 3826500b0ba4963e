package io.redstuff.bench.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.RunnerException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the results of topics as files, and makes the page on performance from them.
 *
 * @param results directory of the results
 * @param reference the file of the reference figures
 * @param page the page, which has a place for each topic
 * @param images directory of the plots
 */
record Report(Path results, Path reference, Path page, Path images) {
  /** The place for what was measured where. */
  static final String MACHINE = "machine";

  /** The place for where a blob's time goes. */
  static final String BREAKDOWN = "breakdown";

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * Runs a topic and keeps its results.
   *
   * @param topic what to run
   * @param quick whether to take short iterations and leave long blobs out
   * @param out takes what is to be told
   * @throws IOException if the results cannot be written
   * @throws RunnerException if JMH cannot run
   * @throws InterruptedException if the thread is told to stop
   */
  void run(Topic topic, boolean quick, PrintStream out)
      throws IOException, RunnerException, InterruptedException {
    Recorder recorder = new Recorder(quick, out);
    var measured = recorder.record(topic.runs());
    Files.createDirectories(results);
    Files.writeString(
        file(topic.name()), MAPPER.writeValueAsString(measured) + System.lineSeparator());
    Map<String, Machine> machines = machines();
    machines.put(topic.name(), Machine.here(quick, recorder.leftOut()));
    Files.writeString(file(MACHINE), MAPPER.writeValueAsString(machines) + System.lineSeparator());
  }

  /**
   * Makes tables and plots anew.
   *
   * @param topics of what; those that were never run are left as they are
   * @param out takes what is to be told
   * @throws IOException if the page cannot be read or written
   */
  void draw(Collection<Topic> topics, PrintStream out) throws IOException {
    Document document = new Document(Files.readString(page));
    for (Topic topic : topics) {
      if (Files.exists(file(topic.name()))) {
        document.fill(topic.name(), content(topic));
      } else {
        out.println(topic.name() + ": not run yet, left as it is");
      }
    }
    if (Files.exists(file(BREAKDOWN))) {
      document.fill(BREAKDOWN, breakdown());
    } else {
      out.println(file(BREAKDOWN) + " is not there: no breakdown");
    }
    if (Files.exists(file(MACHINE))) {
      document.fill(MACHINE, machine());
    }
    Files.writeString(page, document.toString());
    out.println("written: " + page);
  }

  private String content(Topic topic) {
    Results found = Results.read(file(topic.name()), reference);
    StringBuilder text = new StringBuilder("\n");
    for (Section section : topic.sections()) {
      text.append(section.table(found)).append('\n');
    }
    Machine machine = machines().get(topic.name());
    boolean quick = machine != null && machine.quick();
    text.append("Made by `bench/report ").append(quick ? "--quick " : "").append(topic.name());
    text.append("`");
    if (machine != null) {
      text.append(" on ").append(machine.date());
    }
    text.append(", which runs:\n\n```\n");
    topic.runs().forEach(run -> text.append((quick ? run.quick() : run).command()).append('\n'));
    text.append("```\n\n");
    topic
        .chart()
        .filter(chart -> Plot.lines(chart, found, image(topic.name())))
        .ifPresent(chart -> text.append(link(chart.title(), topic.name())));
    return text.toString();
  }

  private String breakdown() {
    Breakdown breakdown = Breakdown.read(file(BREAKDOWN));
    String title = "Where the time of a blob goes";
    Plot.stacks(title, "ms", breakdown.phases(), image(BREAKDOWN));
    return "\n" + breakdown.table() + "\n" + link(title, BREAKDOWN);
  }

  /** One row for all topics that were measured alike. */
  private String machine() {
    Map<Machine, List<String>> alike = new LinkedHashMap<>();
    List<String> leftOut = new ArrayList<>();
    machines()
        .forEach(
            (topic, machine) -> {
              alike
                  .computeIfAbsent(machine.withNobodyLeftOut(), any -> new ArrayList<>())
                  .add(topic);
              machine.leftOut().forEach(why -> leftOut.add("- " + topic + ": " + why + "\n"));
            });
    Table table =
        new Table(
            8,
            List.of("topics", "processor", "cores", "memory", "system", "JDK", "engine", "date"));
    alike.forEach(
        (machine, topics) ->
            table.add(
                List.of(
                    String.join(", ", topics) + (machine.quick() ? " (quick)" : ""),
                    machine.cpu(),
                    Integer.toString(machine.cores()),
                    Figures.memory((double) machine.memory()),
                    machine.system(),
                    machine.jdk(),
                    machine.engine(),
                    machine.date())));
    String absent =
        leftOut.isEmpty()
            ? ""
            : leftOut.stream().collect(Collectors.joining("", "Not measured:\n\n", "\n"));
    return "\n" + table + "\n" + absent;
  }

  private Map<String, Machine> machines() {
    return Files.exists(file(MACHINE))
        ? MAPPER.readValue(file(MACHINE), new TypeReference<TreeMap<String, Machine>>() {})
        : new TreeMap<>();
  }

  private String link(String title, String name) {
    Path base = page.toAbsolutePath().getParent().relativize(image(name).toAbsolutePath());
    String path = base.toString().replace('\\', '/');
    return "[![" + title + "](" + path + ".png)](" + path + ".svg)\n\n";
  }

  private Path image(String name) {
    return images.resolve("performance-" + name);
  }

  private Path file(String name) {
    return results.resolve(name + ".json");
  }
}
