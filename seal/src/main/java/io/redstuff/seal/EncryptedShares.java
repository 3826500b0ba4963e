package io.redstuff.seal;

import io.redstuff.ObjectId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The shares of a base key, each encrypted to one server's key of an identity, and what they have
 * in common.
 *
 * @param list one or more, of distinct indices
 * @param threshold how many are enough
 * @param nonce r times the generator of G2, 96 bytes; whether it is a point is not checked
 * @param randomness r, encrypted, 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EncryptedShares(List<EncryptedShare> list, int threshold, byte[] nonce, byte[] randomness) {
  private static final int MIN_SERVICE_BYTES = ObjectId.BYTES + 1;
  private static final int NONCE_BYTES = 96;

  /** An encrypted share, its place on the polynomials and its server. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record EncryptedShare(ObjectId server, int index, byte[] encrypted) {}

  private record Service(ObjectId server, int index) {}

  /** Reads services, threshold and shares, which have to fit together. */
  static EncryptedShares read(BcsReader in) throws MalformedDataException {
    List<Service> services = readServices(in);
    long at = in.position();
    int threshold = in.u8("threshold");
    if (threshold < 1 || threshold > services.size()) {
      throw new MalformedDataException(
          at,
          "threshold: got %s, expected 1 to the %s services".formatted(threshold, services.size()));
    }
    in.variant("encrypted shares", 1);
    byte[] nonce = in.array("nonce", NONCE_BYTES);
    at = in.position();
    long count = in.count("encrypted shares", KeyDerivation.BYTES);
    if (count != services.size()) {
      throw new MalformedDataException(
          at,
          "encrypted shares: got %s, expected one for each of the %s services"
              .formatted(count, services.size()));
    }
    List<EncryptedShare> list = new ArrayList<>();
    for (Service service : services) {
      byte[] encrypted = in.array("encrypted share", KeyDerivation.BYTES);
      list.add(new EncryptedShare(service.server(), service.index(), encrypted));
    }
    byte[] randomness = in.array("encrypted randomness", KeyDerivation.BYTES);
    return new EncryptedShares(List.copyOf(list), threshold, nonce, randomness);
  }

  private static List<Service> readServices(BcsReader in) throws MalformedDataException {
    long count = in.count("services", MIN_SERVICE_BYTES);
    List<Service> services = new ArrayList<>();
    BitSet indices = new BitSet();
    for (long i = 0; i < count; i++) {
      ObjectId server = ObjectId.of(in.array("key server", ObjectId.BYTES));
      long at = in.position();
      int index = in.u8("share index");
      if (index == 0 || indices.get(index)) {
        throw new MalformedDataException(
            at,
            "share index: got %s, expected 1 to 255, each once"
                .formatted(index == 0 ? "0" : index + " again"));
      }
      indices.set(index);
      services.add(new Service(server, index));
    }
    return services;
  }

  void write(BcsWriter out) {
    out.count(list.size());
    list.forEach(share -> out.fixed(share.server().toBytes()).u8(share.index()));
    out.u8(threshold).variant(0).fixed(nonce).count(list.size());
    list.forEach(share -> out.fixed(share.encrypted()));
    out.fixed(randomness);
  }
}
