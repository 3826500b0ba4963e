package io.redstuff.daemon.http;

import io.redstuff.daemon.api.QuiltTags;
import io.redstuff.daemon.api.RefusedException;
import io.redstuff.daemon.service.SpoolFile;
import io.redstuff.quilt.QuiltFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * A form of files, {@code multipart/form-data}, in a temporary file. Nothing of the files is
 * copied: where each lies is found out.
 */
final class QuiltForm implements MultiPart.Parser.Listener {
  /** The field whose content says which tags the files have. */
  static final String METADATA = "_metadata";

  private static final String FORM = "multipart/form-data";
  private static final int PIECE = 64 << 10;

  /** An identifier may have 64 KiB. */
  private static final int MOST_HEADER_BYTES = 80 << 10;

  /** More than any quilt holds. */
  private static final int MOST_PARTS = 2000;

  private static final long MOST_METADATA = 16L << 20;

  /** A field and where its content lies. */
  private record Field(String name, long offset, long length) {}

  private final List<Field> fields = new ArrayList<>();

  /** Where the piece that is parsed begins in the file. */
  private long pieceOffset;

  private ByteBuffer piece = ByteBuffer.allocate(0);
  private Optional<String> name = Optional.empty();
  private long offset;
  private long length;
  private boolean isComplete;
  private Optional<Throwable> failure = Optional.empty();

  private QuiltForm() {}

  /** Returns what stands between the parts, by the header of the request. */
  static String boundary(Request request) throws RefusedException {
    Map<String, String> parameters = new HashMap<>();
    String header = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    String type = header == null ? null : parameters(header, parameters);
    String boundary = parameters.get("boundary");
    if (type == null
        || !type.strip().toLowerCase(Locale.ROOT).equals(FORM)
        || boundary == null
        || boundary.isEmpty()) {
      throw RefusedException.malformed("content type: expected " + FORM + " with a boundary");
    }
    return boundary;
  }

  /** Splits a header; returns what stands before its parameters. */
  private static String parameters(String header, Map<String, String> parameters)
      throws RefusedException {
    try {
      return HttpField.getValueParameters(header, parameters);
    } catch (IllegalArgumentException e) {
      throw RefusedException.malformed("header: " + e.getMessage());
    }
  }

  /** Finds the files and their tags. They are good until the temporary file is closed. */
  static List<QuiltFile> parse(SpoolFile file, String boundary)
      throws RefusedException, IOException {
    QuiltForm form = new QuiltForm();
    form.find(file, boundary);
    return form.files(file);
  }

  private void find(SpoolFile file, String boundary) throws RefusedException, IOException {
    MultiPart.Parser parser = new MultiPart.Parser(boundary, this);
    parser.setPartHeadersMaxLength(MOST_HEADER_BYTES);
    parser.setMaxParts(MOST_PARTS);
    long done = 0;
    while (done < file.length() && !isComplete && failure.isEmpty()) {
      piece = ByteBuffer.allocate((int) Math.min(PIECE, file.length() - done));
      file.read(done, piece);
      piece.flip();
      pieceOffset = done;
      done += piece.remaining();
      parser.parse(Content.Chunk.from(piece, done == file.length()));
    }
    if (failure.isPresent()) {
      throw form(String.valueOf(failure.get().getMessage()));
    }
    if (!isComplete) {
      throw form("got its end before that of its last part");
    }
  }

  private static RefusedException form(String message) {
    return RefusedException.malformed("failed to parse multipart form: " + message);
  }

  @Override
  public void onPartBegin() {
    name = Optional.empty();
    length = 0;
  }

  @Override
  public void onPartHeader(String header, String value) {
    if (header.equalsIgnoreCase(HttpHeader.CONTENT_DISPOSITION.asString())) {
      Map<String, String> parameters = new HashMap<>();
      try {
        parameters(value, parameters);
      } catch (RefusedException e) {
        failure = Optional.of(e);
      }
      name = Optional.ofNullable(parameters.get("name"));
    }
  }

  @Override
  public void onPartHeaders() {
    offset = pieceOffset + piece.position();
  }

  @Override
  public void onPartContent(Content.Chunk chunk) {
    length += chunk.remaining();
  }

  @Override
  public void onPartEnd() {
    fields.add(new Field(name.orElse(""), offset, length));
  }

  @Override
  public void onComplete() {
    isComplete = true;
  }

  @Override
  public void onFailure(Throwable cause) {
    failure = Optional.of(cause);
  }

  private List<QuiltFile> files(SpoolFile file) throws RefusedException, IOException {
    QuiltTags tags = QuiltTags.none();
    List<QuiltFile> files = new ArrayList<>();
    for (Field field : fields) {
      if (field.name().equals(METADATA)) {
        tags = tags.and(QuiltTags.parse(metadata(file, field)));
      }
    }
    for (Field field : fields) {
      if (!field.name().equals(METADATA)) {
        files.add(file(file, field, tags));
      }
    }
    if (files.isEmpty()) {
      throw RefusedException.malformed("no files provided in multipart form");
    }
    return files;
  }

  private static byte[] metadata(SpoolFile file, Field field) throws RefusedException, IOException {
    if (field.length() > MOST_METADATA) {
      throw form(
          "_metadata: got %s bytes, expected at most %s".formatted(field.length(), MOST_METADATA));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) field.length());
    file.read(field.offset(), bytes);
    return bytes.array();
  }

  private static QuiltFile file(SpoolFile file, Field field, QuiltTags tags)
      throws RefusedException {
    try {
      return new QuiltFile(
          field.name(), tags.of(field.name()), file.slice(field.offset(), field.length()));
    } catch (IllegalArgumentException e) {
      throw form(e.getMessage());
    }
  }
}
