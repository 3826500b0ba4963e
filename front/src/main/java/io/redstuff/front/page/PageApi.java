package io.redstuff.front.page;

import io.redstuff.BlobId;
import io.redstuff.client.BlobUnavailableException;
import io.redstuff.error.MalformedDataException;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The routes of the JSON behind the page. */
final class PageApi {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String CHECK = "/check";
  private static final Pattern BLOB =
      Pattern.compile("/page/v1/blobs/([A-Za-z0-9_-]{43})(/matrix|/check|)");
  private static final Pattern NODE =
      Pattern.compile("/page/v1/nodes/([A-Za-z0-9_-]{1,64})/(start|stop|kill|corrupt)");
  private static final int MOST_BLOBS = 500;
  private static final int FEW_BLOBS = 50;

  private final NetworkReader reader;
  private final BlobIndex blobs;
  private final Matrices matrices;
  private final QuiltProbe quilts;
  private final NetworkActions actions;

  /** What is said of how a node is to be stopped. */
  record Stopping(boolean deleteData) {}

  /** How many slivers are to be changed. */
  record Corrupting(int slivers) {}

  /** How many symbols each node is asked for. */
  record Auditing(int challenges) {}

  /** Nothing has to be said. */
  record Nothing() {}

  PageApi(
      NetworkReader reader,
      BlobIndex blobs,
      Matrices matrices,
      QuiltProbe quilts,
      NetworkActions actions) {
    this.reader = reader;
    this.blobs = blobs;
    this.matrices = matrices;
    this.quilts = quilts;
    this.actions = actions;
  }

  /** Returns what somebody asks for. */
  Object read(String path, Optional<String> query)
      throws RefusedException, IOException, InterruptedException {
    return switch (path) {
      case "/page/v1/network" -> reader.read();
      case "/page/v1/blobs" ->
          blobs.page(
              number(query, "offset", 0, Integer.MAX_VALUE),
              number(query, "most", FEW_BLOBS, MOST_BLOBS));
      default -> {
        Matcher blob = BLOB.matcher(path);
        if (!blob.matches() || blob.group(2).equals(CHECK)) {
          throw RefusedException.notFound("path: there is nothing");
        }
        yield look(blobId(blob), blob.group(2));
      }
    };
  }

  private Object look(BlobId blob, String what)
      throws RefusedException, IOException, InterruptedException {
    try {
      return what.isEmpty() ? quilts.look(blob) : matrices.look(blob);
    } catch (BlobUnavailableException e) {
      throw new RefusedException(404, e.reason().name(), e.getMessage());
    }
  }

  private static BlobId blobId(Matcher path) throws RefusedException {
    try {
      return BlobId.parse(path.group(1));
    } catch (MalformedDataException e) {
      throw RefusedException.badRequest(e.getMessage());
    }
  }

  private static int number(Optional<String> query, String name, int without, int most)
      throws RefusedException {
    Matcher found = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query.orElse(""));
    if (!found.find()) {
      return without;
    }
    String text = found.group(1);
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > most) {
      throw RefusedException.badRequest(name + ": expected a number from 0 to " + most);
    }
    return Integer.parseInt(text);
  }

  /** Does what somebody asks for, and returns what has become of it. */
  Object act(String path, byte[] body) throws RefusedException, IOException, InterruptedException {
    return switch (path) {
      case "/page/v1/epoch/next" -> {
        parse(body, Nothing.class);
        yield actions.nextEpoch();
      }
      case "/page/v1/audit" -> actions.audit(parse(body, Auditing.class).challenges());
      default -> actOnPart(path, body);
    };
  }

  private Object actOnPart(String path, byte[] body)
      throws RefusedException, IOException, InterruptedException {
    Matcher node = NODE.matcher(path);
    if (node.matches()) {
      return act(node.group(1), node.group(2), body);
    }
    Matcher blob = BLOB.matcher(path);
    if (!blob.matches() || !blob.group(2).equals(CHECK)) {
      throw RefusedException.notFound("path: there is nothing to do");
    }
    parse(body, Nothing.class);
    return check(blobId(blob));
  }

  private Object act(String node, String what, byte[] body)
      throws RefusedException, InterruptedException {
    return switch (what) {
      case "stop" -> actions.stop(node, parse(body, Stopping.class).deleteData());
      case "corrupt" -> actions.corrupt(node, parse(body, Corrupting.class).slivers());
      default -> {
        parse(body, Nothing.class);
        yield what.equals("start") ? actions.start(node) : actions.kill(node);
      }
    };
  }

  private Object check(BlobId blob) throws RefusedException, IOException, InterruptedException {
    try {
      return actions.check(blob);
    } catch (BlobUnavailableException e) {
      throw new RefusedException(404, e.reason().name(), e.getMessage());
    }
  }

  private static <T> T parse(byte[] body, Class<T> type) throws RefusedException {
    try {
      T value = MAPPER.readValue(body, type);
      if (value == null) {
        throw RefusedException.badRequest("body: got null, expected an object");
      }
      return value;
    } catch (JacksonException e) {
      throw RefusedException.badRequest("body: " + e.getOriginalMessage());
    }
  }
}
