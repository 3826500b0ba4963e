package io.redstuff.oracle;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the official package says about signatures, asked through Node. */
final class OfficialSignatures implements AutoCloseable {
  /** How the official package refuses what it cannot read. */
  static final String THROWS = "throws";

  private final Process node;
  private final Writer questions;
  private final BufferedReader answers;

  private OfficialSignatures(Process node) {
    this.node = node;
    this.questions = new OutputStreamWriter(node.getOutputStream(), US_ASCII);
    this.answers = new BufferedReader(new InputStreamReader(node.getInputStream(), US_ASCII));
  }

  /** Starts Node; skips the test where the package is not there, as {@link Oracle} says. */
  static OfficialSignatures orSkip() throws IOException {
    Oracle.orSkip();
    Process node =
        new ProcessBuilder("node", Path.of("oracle", "signatures.mjs").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new OfficialSignatures(node);
  }

  /** Returns {@code true}, {@code false} or {@link #THROWS}. */
  String verify(byte[] signature, byte[] key, byte[] message) throws IOException {
    return ask("verify", Stream.of(signature, key, message));
  }

  /** Returns {@code true}, {@code false} or {@link #THROWS}. */
  String verifyAggregate(byte[] signature, byte[] message, Collection<byte[]> keys)
      throws IOException {
    return ask("verify-aggregate", Stream.concat(Stream.of(signature, message), keys.stream()));
  }

  /** Returns the sum in hexadecimal, or {@link #THROWS}. */
  String aggregate(Collection<byte[]> signatures) throws IOException {
    return ask("aggregate", signatures.stream());
  }

  private String ask(String operation, Stream<byte[]> fields) throws IOException {
    String question =
        Stream.concat(Stream.of(operation), fields.map(OfficialSignatures::field))
            .collect(Collectors.joining(" ", "", "\n"));
    questions.write(question);
    questions.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("Node ended at: " + question);
    }
    return answer;
  }

  private static String field(byte[] bytes) {
    return Arrays.equals(bytes, new byte[0]) ? "-" : HexFormat.of().formatHex(bytes);
  }

  /** Ends Node, which ends with its input. */
  @Override
  public void close() throws IOException {
    questions.close();
    answers.close();
    node.destroy();
  }
}
