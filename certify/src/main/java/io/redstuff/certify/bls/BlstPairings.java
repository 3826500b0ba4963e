package io.redstuff.certify.bls;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import supranational.blst.BLST_ERROR;
import supranational.blst.P1;
import supranational.blst.P1_Affine;
import supranational.blst.P2;
import supranational.blst.P2_Affine;
import supranational.blst.PT;
import supranational.blst.Pairing;
import supranational.blst.SecretKey;

/**
 * blst, native code, by way of jblst. Its objects are arrays on the JVM's heap. They are checked by
 * who decodes them and never again here: blst leaves that to its caller.
 */
final class BlstPairings implements Pairings<P1_Affine, P2_Affine> {
  /** A class that every version of the binding has. */
  static final String CLASS = "supranational.blst.P1_Affine";

  private static final String NOT_ON_CURVE = "BLST_ERROR: point is not on curve";

  @Override
  public String name() {
    return "blst";
  }

  @Override
  public Optional<P1_Affine> decodeKey(byte[] compressed) {
    return decode(() -> new P1_Affine(compressed));
  }

  @Override
  public Optional<P2_Affine> decodeSignature(byte[] compressed) {
    return decode(() -> new P2_Affine(compressed));
  }

  /** The binding has no type for it: all that blst refuses is told apart by the message. */
  private static <P> Optional<P> decode(Supplier<P> point) {
    try {
      return Optional.of(point.get());
    } catch (RuntimeException e) {
      if (!NOT_ON_CURVE.equals(e.getMessage())) {
        throw e;
      }
      return Optional.empty();
    }
  }

  @Override
  public boolean isKeyInSubgroup(P1_Affine key) {
    return key.in_group();
  }

  @Override
  public boolean isSignatureInSubgroup(P2_Affine signature) {
    return signature.in_group();
  }

  @Override
  public Optional<byte[]> encodeKey(P1_Affine key) {
    return key.is_inf() ? Optional.empty() : Optional.of(key.compress());
  }

  @Override
  public Optional<byte[]> encodeSignature(P2_Affine signature) {
    return signature.is_inf() ? Optional.empty() : Optional.of(signature.compress());
  }

  @Override
  public byte[] uncompressKey(P1_Affine key) {
    return key.serialize();
  }

  @Override
  public P1_Affine key(byte[] secret) {
    return new P1(secret(secret)).to_affine();
  }

  @Override
  public P2_Affine sign(byte[] secret, byte[] message) {
    return new P2().hash_to(message, SUITE).sign_with(secret(secret)).to_affine();
  }

  private static SecretKey secret(byte[] bigEndian) {
    SecretKey secret = new SecretKey();
    secret.from_bendian(bigEndian);
    return secret;
  }

  @Override
  public P1_Affine addKeys(List<P1_Affine> keys) {
    P1 sum = new P1();
    keys.forEach(sum::add);
    return sum.to_affine();
  }

  @Override
  public P2_Affine addSignatures(List<P2_Affine> signatures) {
    P2 sum = new P2();
    signatures.forEach(sum::add);
    return sum.to_affine();
  }

  @Override
  public P1_Affine hashToG1(byte[] message) {
    return new P1().hash_to(message, SHORT_SUITE).to_affine();
  }

  @Override
  public P1_Affine multiplyG1(P1_Affine point, byte[] secret) {
    return new P1(point).sign_with(secret(secret)).to_affine();
  }

  @Override
  public P2_Affine multiplyG2(byte[] secret) {
    return new P2(secret(secret)).to_affine();
  }

  @Override
  public P1_Affine negateG1(P1_Affine point) {
    return new P1(point).neg().to_affine();
  }

  @Override
  public byte[] pair(P1_Affine left, P2_Affine right) {
    return new PT(left, right).final_exp().to_bendian();
  }

  @Override
  public boolean verify(P1_Affine key, byte[] message, P2_Affine signature) {
    return signature.core_verify(key, true, message, SUITE) == BLST_ERROR.BLST_SUCCESS;
  }

  @Override
  public boolean verifyShort(P2_Affine key, byte[] message, P1_Affine signature) {
    return signature.core_verify(key, true, message, SHORT_SUITE) == BLST_ERROR.BLST_SUCCESS;
  }

  @Override
  public boolean verifySum(
      List<P1_Affine> keys,
      List<byte[]> messages,
      List<P2_Affine> signatures,
      List<BigInteger> weights) {
    Pairing product = new Pairing(true, SUITE);
    boolean added =
        IntStream.range(0, keys.size())
            .allMatch(
                i ->
                    product.mul_n_aggregate(
                            keys.get(i), signatures.get(i), weights.get(i), messages.get(i))
                        == BLST_ERROR.BLST_SUCCESS);
    product.commit();
    return added && product.finalverify();
  }
}
