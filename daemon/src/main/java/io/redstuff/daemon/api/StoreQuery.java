package io.redstuff.daemon.api;

import io.redstuff.SuiAddress;
import io.redstuff.error.MalformedDataException;
import java.util.Optional;
import java.util.Set;

/**
 * How a blob is stored.
 *
 * @param epochs how many epochs to pay for, the current one counted
 * @param deletable whether it may be deleted before
 * @param force whether it is stored although it is certified already
 * @param reuse whether room and registrations that the account has may be used
 * @param recipient who gets the blob object, if not the account of the publisher
 * @param share whether the blob object becomes a shared blob
 */
public record StoreQuery(
    int epochs,
    boolean deletable,
    boolean force,
    boolean reuse,
    Optional<SuiAddress> recipient,
    boolean share) {
  private static final String EPOCHS = "epochs";
  private static final String DELETABLE = "deletable";
  private static final String PERMANENT = "permanent";
  private static final String FORCE = "force";
  private static final String REUSE = "reuse_resources";
  private static final String ENCODING_TYPE = "encoding_type";
  private static final String SEND = "send_object_to";
  private static final String SHARE = "share";
  private static final String QUILT_VERSION = "quilt_version";
  private static final Set<String> ALL =
      Set.of(EPOCHS, DELETABLE, PERMANENT, FORCE, REUSE, ENCODING_TYPE, SEND, SHARE, QUILT_VERSION);
  private static final String RS2 = "RS2";
  private static final Set<String> QUILT_VERSIONS = Set.of("v1", "V1", "1");

  /**
   * Reads a query.
   *
   * @param query what stands after the {@code ?}, with its escapes; null for none
   * @return how to store
   * @throws RefusedException if it says something else
   */
  public static StoreQuery parse(String query) throws RefusedException {
    QueryText text = QueryText.parse(query, ALL);
    long epochs = text.number(EPOCHS, Integer.MAX_VALUE).orElse(1L);
    if (epochs == 0) {
      throw QueryText.wrong(EPOCHS, "0", "at least 1");
    }
    only(text, ENCODING_TYPE, Set.of(RS2));
    only(text, QUILT_VERSION, QUILT_VERSIONS);
    boolean isPermanent = text.flag(PERMANENT);
    if (isPermanent && text.flag(DELETABLE)) {
      throw new RefusedException(
          ErrorStatus.INVALID_ARGUMENT,
          ErrorReason.INVALID_BLOB_PERSISTENCE,
          "the blob cannot be defined as both deletable and permanent");
    }
    text.flag(DELETABLE);
    if (text.text(SEND).isPresent() && text.text(SHARE).isPresent()) {
      throw RefusedException.malformed(
          "query: got send_object_to and share, expected one of them at most");
    }
    return new StoreQuery(
        (int) epochs,
        !isPermanent,
        text.flag(FORCE),
        text.flag(REUSE),
        recipient(text),
        text.flag(SHARE));
  }

  private static void only(QueryText text, String name, Set<String> known) throws RefusedException {
    Optional<String> value = text.text(name);
    if (value.isPresent() && !known.contains(value.get())) {
      throw QueryText.wrong(name, value.get(), "one of " + known);
    }
  }

  private static Optional<SuiAddress> recipient(QueryText text) throws RefusedException {
    Optional<String> address = text.text(SEND);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(SuiAddress.parse(address.get()));
    } catch (MalformedDataException e) {
      throw RefusedException.malformed(SEND + ": " + e.getMessage());
    }
  }
}
