package io.redstuff.seal;

import io.redstuff.ObjectId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.seal.EncryptedShares.EncryptedShare;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is sealed, as Seal's clients exchange it: to whom, with which servers, the shares of the
 * key, and the data. All of it but the data can be read by everybody. Immutable.
 *
 * @since 0.1.0
 */
public final class EncryptedObject {
  /** The only version of the format there is. */
  public static final int VERSION = 0;

  private static final String WHAT = "encrypted object";

  private final Identity identity;
  private final EncryptedShares shares;
  private final Ciphertext ciphertext;

  EncryptedObject(Identity identity, EncryptedShares shares, Ciphertext ciphertext) {
    this.identity = identity;
    this.shares = shares;
    this.ciphertext = ciphertext;
  }

  /**
   * Reads an object, which has to be canonical BCS with nothing after it: version 0, as many shares
   * as services, share indices from 1 on that are all different, a threshold from 1 to their
   * number, an id of at most {@link Identity#MAX_ID_BYTES}.
   *
   * @param bcs all of the bytes
   * @return the object, of which nothing is authenticated; points are checked when it is opened
   * @throws MalformedDataException if it is anything else
   */
  public static EncryptedObject parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), WHAT, EncryptedObject::read);
  }

  private static EncryptedObject read(BcsReader in) throws MalformedDataException {
    int version = in.u8("version");
    if (version != VERSION) {
      throw new MalformedDataException(
          0, "%s: got version %s, expected %s".formatted(WHAT, version, VERSION));
    }
    ObjectId packageId = ObjectId.of(in.array("package id", ObjectId.BYTES));
    long at = in.position();
    long length = in.count("id", 1);
    if (length > Identity.MAX_ID_BYTES) {
      throw new MalformedDataException(
          at, "id: got %s bytes, expected at most %s".formatted(length, Identity.MAX_ID_BYTES));
    }
    Identity identity = Identity.of(packageId, in.array("id", (int) length));
    EncryptedShares shares = EncryptedShares.read(in);
    return new EncryptedObject(identity, shares, Ciphertext.read(in));
  }

  /** {@return the object in BCS, a fresh array} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(
        out -> {
          out.u8(VERSION)
              .fixed(identity.packageId().toBytes())
              .bytes(MemorySegment.ofArray(identity.id()));
          shares.write(out);
          ciphertext.write(out);
        });
  }

  /** {@return to whom it is sealed} */
  public Identity identity() {
    return identity;
  }

  /** {@return the objects of the key servers, one for each share; one may come twice} */
  public List<ObjectId> servers() {
    return shares.list().stream().map(EncryptedShare::server).toList();
  }

  /** {@return how many shares are enough to open it} */
  public int threshold() {
    return shares.threshold();
  }

  /** {@return how the data is encrypted} */
  public DataCipher cipher() {
    return ciphertext.cipher();
  }

  /** {@return how many bytes of data there are: that is no secret} */
  public long dataLength() {
    return ciphertext.dataLength();
  }

  /**
   * {@return what is authenticated with the data and not encrypted, a fresh array; nothing if there
   * is no such thing, which is the same as none of it}
   */
  public Optional<byte[]> additionalData() {
    return ciphertext.aad().map(byte[]::clone);
  }

  EncryptedShares shares() {
    return shares;
  }

  Ciphertext ciphertext() {
    return ciphertext;
  }

  /** {@return whether the other is an object with the same bytes} */
  @Override
  public boolean equals(Object other) {
    return other instanceof EncryptedObject that && Arrays.equals(toBcs(), that.toBcs());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBcs());
  }

  /** {@return to whom, with what threshold and how it is encrypted} */
  @Override
  public String toString() {
    return "%s bytes sealed to %s with %s of %s shares"
        .formatted(dataLength(), identity, threshold(), shares.list().size());
  }
}
