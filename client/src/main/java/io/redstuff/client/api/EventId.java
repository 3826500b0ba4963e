package io.redstuff.client.api;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.json.JsonFields;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which event of the chain. In JSON {@code txDigest} and {@code eventSeq}, both texts.
 *
 * @param transaction the digest of the transaction, in base58: 32 to 44 characters
 * @param sequence which of its events, from 0 on
 * @since 0.1.0
 */
public record EventId(String transaction, long sequence) {
  private static final Pattern DIGEST = Pattern.compile("[1-9A-HJ-NP-Za-km-z]{32,44}");
  private static final String TRANSACTION = "txDigest";
  private static final String SEQUENCE = "eventSeq";

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if the digest cannot be one, or the number is negative
   */
  public EventId {
    Objects.requireNonNull(transaction, "transaction");
    if (!DIGEST.matcher(transaction).matches()) {
      throw new IllegalArgumentException(
          "transaction: got %s characters, expected 32 to 44 of base58"
              .formatted(transaction.length()));
    }
    if (sequence < 0) {
      throw new IllegalArgumentException(
          "sequence: got %s, expected 0 or more".formatted(sequence));
    }
  }

  static EventId read(JsonFields fields) throws MalformedDataException {
    long sequence = fields.text(SEQUENCE, text -> ApiText.number(SEQUENCE, text, Long.MAX_VALUE));
    return fields.text(
        TRANSACTION,
        text -> {
          if (!DIGEST.matcher(text).matches()) {
            throw ApiText.wrong(fields.name(TRANSACTION), text, "32 to 44 characters of base58");
          }
          return new EventId(text, sequence);
        });
  }

  void write(ObjectNode object) {
    object.put(TRANSACTION, transaction).put(SEQUENCE, Long.toString(sequence));
  }
}
