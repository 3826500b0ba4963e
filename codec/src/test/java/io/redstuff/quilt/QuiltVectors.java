package io.redstuff.quilt;

import io.redstuff.EncodingParameters;
import io.redstuff.codec.TestBlobs;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The quilts of the official TypeScript writer in {@code quilts.json}. */
final class QuiltVectors {
  static final JsonNode ALL = read();

  /** One quilt, or one that has to be refused. */
  record Case(JsonNode json) {
    EncodingParameters parameters() {
      return EncodingParameters.forShards(json.get("n").intValue());
    }

    boolean isRefused() {
      return json.has("error");
    }

    /** The same fields as the Rust encoder makes them, where it does not agree with the other. */
    JsonNode right() {
      return json.has("rustOrder") ? json.get("rustOrder") : json;
    }

    List<QuiltFile> files() {
      List<QuiltFile> files = new ArrayList<>();
      for (JsonNode file : json.get("files")) {
        byte[] contents =
            TestBlobs.bytes(file.get("length").intValue(), file.get("seed").intValue());
        Map<String, String> tags = new LinkedHashMap<>();
        file.path("tags")
            .properties()
            .forEach(tag -> tags.put(tag.getKey(), tag.getValue().stringValue()));
        String identifier = file.get("identifier").stringValue();
        files.add(QuiltFile.of(identifier, contents).withTags(tags));
      }
      return files;
    }

    @Override
    public String toString() {
      return json.get("n").intValue() + " shards, " + json.get("name").stringValue();
    }
  }

  private QuiltVectors() {}

  static List<Case> cases(boolean refused) {
    List<Case> cases = new ArrayList<>();
    for (JsonNode json : ALL.get("cases")) {
      Case one = new Case(json);
      if (one.isRefused() == refused) {
        cases.add(one);
      }
    }
    return cases;
  }

  private static JsonNode read() {
    try (InputStream in = QuiltVectors.class.getResourceAsStream("/vectors/quilts.json")) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
