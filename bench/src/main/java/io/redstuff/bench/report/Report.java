package io.redstuff.bench.report;

import freemarker.core.ArithmeticEngine;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import io.redstuff.bench.peer.Peer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the results of topics as files, and makes the page on performance from them. The page has a
 * place for each file in {@code bench/topics}, between {@code <!-- table:NAME -->} and {@code <!--
 * end -->}; the text around the places is left as it is.
 */
final class Report {
  private static final Pattern PLACE =
      Pattern.compile("(?s)(<!-- table:([a-z0-9-]+) -->).*?(<!-- end -->|(?=<!-- table:)|\\z)");

  private static final String JMH =
      "java --add-modules=jdk.incubator.vector -jar bench/target/benchmarks.jar ";

  /** Where an earlier build may lie, to be measured beside this one. */
  static final String BEFORE = "bench/target/before";

  private static final String COLD =
      "java -cp bench/target/benchmarks.jar io.redstuff.bench.ColdBenchmark --before "
          + BEFORE
          + " ";

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path home;
  private final boolean quick;
  private final Path page;
  private final Path results;
  private final Path reference;
  private final Configuration topics = new Configuration(Configuration.VERSION_2_3_34);

  /**
   * A file in {@code bench/topics}, which has results and a place in the page of the same name;
   * {@code runs} are commands that write their results as JMH does.
   */
  record Topic(String name, String describes, List<String> runs, Template file) {}

  /** The report in the project's directory; a quick one is written below bench/target/quick. */
  Report(Path home, boolean quick) throws IOException {
    this.home = home;
    this.quick = quick;
    Path bench = home.resolve("bench");
    Path committed = home.resolve("docs/performance.md");
    reference = bench.resolve("reference/official.json");
    results = Files.createDirectories(bench.resolve(quick ? "target/quick/results" : "results"));
    page = quick ? results.resolveSibling("performance.md") : committed;
    if (quick) {
      Files.copy(committed, page, StandardCopyOption.REPLACE_EXISTING);
    }
    topics.setDirectoryForTemplateLoading(bench.resolve("topics").toFile());
    topics.setDefaultEncoding("UTF-8");
    topics.setNumberFormat("computer");
    topics.setArithmeticEngine(ArithmeticEngine.CONSERVATIVE_ENGINE); // it knows NaN
    topics.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    topics.setLogTemplateExceptions(false);
    topics.addAutoInclude("common.ftl");
  }

  /** What has a place in the page, in this order. */
  List<Topic> topics() throws IOException {
    List<Topic> found = new ArrayList<>();
    for (MatchResult place : PLACE.matcher(Files.readString(page)).results().toList()) {
      if (place.group(3).isEmpty()) {
        throw new IOException(page + ": " + place.group(1) + " has no <!-- end -->");
      }
      String name = place.group(2);
      Template file = topics.getTemplate(name + ".ftl");
      List<?> runs = (List<?>) file.getCustomAttribute("runs");
      found.add(
          new Topic(
              name,
              String.valueOf(file.getCustomAttribute("describes")),
              Stream.ofNullable(runs).flatMap(List::stream).flatMap(this::command).toList(),
              file));
    }
    return found;
  }

  /** Without blobs of 10 MB or more if it is to be quick; nothing if there are no others. */
  private Stream<String> command(Object run) {
    String command =
        run.toString()
            .replaceFirst("^jmh ", JMH)
            .replaceFirst("^before ", JMH.replace("bench/target", BEFORE + "/bench/target"))
            .replaceFirst("^cold ", COLD);
    if (quick) {
      command = command.replaceAll(",\\d{8,}", "");
    }
    return quick && command.matches(".*\\d{8,}.*") ? Stream.of() : Stream.of(command);
  }

  /** Runs a topic and keeps its results. */
  void run(Topic topic, PrintStream out) throws Exception {
    Recorder recorder = new Recorder(home, quick, out, new LinkedHashSet<>());
    write(topic.name(), recorder.results(topic.runs()));
    Map<Object, Object> machines = new TreeMap<>(machines());
    machines.put(topic.name(), recorder.machine());
    write("machine", machines);
  }

  /** Makes tables and plots anew; topics without results are left as they are. */
  void draw(PrintStream out) throws IOException, TemplateException {
    String text = Files.readString(page);
    for (Topic topic : topics()) {
      if (Files.exists(file(topic.name()))) {
        String begin = "<!-- table:" + topic.name() + " -->";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("<!-- end -->", from);
        text = text.substring(0, from) + "\n\n" + content(topic) + "\n\n" + text.substring(to);
      } else {
        out.println(topic.name() + ": not run yet, left as it is");
      }
    }
    Files.writeString(page, text);
    out.println("written: " + page);
  }

  private String content(Topic topic) throws IOException, TemplateException {
    Results measured = new Results(file(topic.name()), reference);
    Path plot = page.resolveSibling("images/performance-" + topic.name() + ".svg");
    Map<String, Object> model =
        Map.of(
            "topic", topic.name(),
            "runs", topic.runs(),
            "data", MAPPER.readValue(file(topic.name()), Object.class),
            "machines", machines(),
            "results", measured,
            "plot", new Plot(measured, plot),
            "peers", Stream.of(Peer.values()).collect(Collectors.toMap(Peer::name, Peer::label)));
    StringWriter text = new StringWriter();
    topic.file().process(model, text);
    return text.toString().strip();
  }

  private Map<?, ?> machines() {
    return Files.exists(file("machine")) ? MAPPER.readValue(file("machine"), Map.class) : Map.of();
  }

  private void write(String name, Object json) throws IOException {
    Files.writeString(file(name), MAPPER.writeValueAsString(json) + System.lineSeparator());
  }

  private Path file(String name) {
    return results.resolve(name + ".json");
  }
}
