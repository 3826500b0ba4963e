package io.redstuff.certify.bls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.crypto.bls.BLS12_381BasicScheme;
import org.bouncycastle.crypto.bls.BLS12_381G1;
import org.bouncycastle.crypto.bls.BLS12_381G2;
import org.bouncycastle.crypto.bls.BLS12_381G2HashToCurve;
import org.bouncycastle.crypto.bls.BLS12_381G2Point;
import org.bouncycastle.crypto.bls.BLS12_381Pairing;
import org.bouncycastle.crypto.bls.BLS12_381Serialization;
import org.bouncycastle.crypto.bls.BLS12_381SubgroupCheck;
import org.bouncycastle.crypto.bls.Fp12Element;
import org.bouncycastle.crypto.bls.Fp6Element;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/** Bouncy Castle, in plain Java. */
final class BouncyCastlePairings implements Pairings<ECPoint, BLS12_381G2Point> {
  private static final ECCurve CURVE = BLS12_381G1.createCurve();
  private static final ECPoint MINUS_GENERATOR =
      BLS12_381G1.getGenerator(CURVE).negate().normalize();

  /** Bouncy Castle's basic scheme has {@link Pairings#SUITE}; its others do not. */
  private static final byte[] SUITE_BYTES = BLS12_381BasicScheme.DST;

  private static final G1Hash SHORT_HASH = new G1Hash(SHORT_SUITE.getBytes(US_ASCII));

  @Override
  public String name() {
    return "bouncy-castle";
  }

  @Override
  public Optional<ECPoint> decodeKey(byte[] compressed) {
    try {
      return Optional.of(BLS12_381Serialization.decompressG1(compressed, CURVE));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<BLS12_381G2Point> decodeSignature(byte[] compressed) {
    try {
      return Optional.of(BLS12_381Serialization.decompressG2(compressed));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean isKeyInSubgroup(ECPoint key) {
    return BLS12_381SubgroupCheck.isInG1Subgroup(key);
  }

  @Override
  public boolean isSignatureInSubgroup(BLS12_381G2Point signature) {
    return BLS12_381SubgroupCheck.isInG2Subgroup(signature);
  }

  @Override
  public Optional<byte[]> encodeKey(ECPoint key) {
    return key.isInfinity()
        ? Optional.empty()
        : Optional.of(BLS12_381Serialization.compressG1(key));
  }

  @Override
  public Optional<byte[]> encodeSignature(BLS12_381G2Point signature) {
    return signature.isInfinity()
        ? Optional.empty()
        : Optional.of(BLS12_381Serialization.compressG2(signature));
  }

  @Override
  public byte[] uncompressKey(ECPoint key) {
    ECPoint affine = key.normalize();
    byte[] out = new byte[2 * PointEncoding.COORDINATE_BYTES];
    BigIntegers.asUnsignedByteArray(
        affine.getAffineXCoord().toBigInteger(), out, 0, PointEncoding.COORDINATE_BYTES);
    BigIntegers.asUnsignedByteArray(
        affine.getAffineYCoord().toBigInteger(),
        out,
        PointEncoding.COORDINATE_BYTES,
        PointEncoding.COORDINATE_BYTES);
    return out;
  }

  @Override
  public ECPoint key(byte[] secret) {
    return BLS12_381BasicScheme.skToPk(new BigInteger(1, secret)).normalize();
  }

  @Override
  public BLS12_381G2Point sign(byte[] secret, byte[] message) {
    return BLS12_381BasicScheme.sign(new BigInteger(1, secret), message);
  }

  @Override
  public ECPoint addKeys(List<ECPoint> keys) {
    return keys.stream().reduce(ECPoint::add).orElseThrow().normalize();
  }

  @Override
  public BLS12_381G2Point addSignatures(List<BLS12_381G2Point> signatures) {
    return signatures.stream().reduce(BLS12_381G2Point::add).orElseThrow();
  }

  @Override
  public ECPoint hashToG1(byte[] message) {
    return SHORT_HASH.hash(message);
  }

  @Override
  public ECPoint multiplyG1(ECPoint point, byte[] secret) {
    return BLS12_381G1.constantTimeMultiply(point, new BigInteger(1, secret)).normalize();
  }

  @Override
  public BLS12_381G2Point multiplyG2(byte[] secret) {
    return BLS12_381G2.getGenerator().constantTimeMultiply(new BigInteger(1, secret));
  }

  @Override
  public ECPoint negateG1(ECPoint point) {
    return point.negate().normalize();
  }

  /** Bouncy Castle has the pairing itself. */
  @Override
  public byte[] pair(ECPoint left, BLS12_381G2Point right) {
    Fp12Element pairing = BLS12_381Pairing.pair(left, right);
    Fp12Element cube = pairing.square().mul(pairing);
    ByteBuffer out = ByteBuffer.allocate(PairingGroups.TARGET_BYTES);
    Fp6Element a = cube.c0();
    Fp6Element b = cube.c1();
    Stream.of(a.c0(), b.c0(), a.c1(), b.c1(), a.c2(), b.c2())
        .flatMap(each -> Stream.of(each.c0(), each.c1()))
        .forEach(
            number ->
                out.put(BigIntegers.asUnsignedByteArray(PointEncoding.COORDINATE_BYTES, number)));
    return out.array();
  }

  /** {@code e(key, H(message)) == e(g, signature)}, as one product. */
  @Override
  public boolean verify(ECPoint key, byte[] message, BLS12_381G2Point signature) {
    return isOne(List.of(key, MINUS_GENERATOR), List.of(hash(message), signature));
  }

  /** {@code e(H(message), key) == e(signature, g)}, as one product. */
  @Override
  public boolean verifyShort(BLS12_381G2Point key, byte[] message, ECPoint signature) {
    return isOne(
        List.of(SHORT_HASH.hash(message), signature.negate().normalize()),
        List.of(key, BLS12_381G2.getGenerator()));
  }

  /** A message that several signed is hashed and paired once, with the sum of their keys. */
  @Override
  @SuppressWarnings("ByteBufferBackingArray") // wrapped here, for equality
  public boolean verifySum(
      List<ECPoint> keys,
      List<byte[]> messages,
      List<BLS12_381G2Point> signatures,
      List<BigInteger> weights) {
    Map<ByteBuffer, ECPoint> signers = new LinkedHashMap<>();
    BLS12_381G2Point sum = BLS12_381G2Point.INFINITY;
    for (int i = 0; i < keys.size(); i++) {
      ECPoint key = keys.get(i).multiply(weights.get(i));
      signers.merge(ByteBuffer.wrap(messages.get(i)), key, ECPoint::add);
      sum = sum.add(signatures.get(i).multiply(weights.get(i)));
    }
    List<ECPoint> left = new ArrayList<>();
    List<BLS12_381G2Point> right = new ArrayList<>();
    signers.forEach(
        (message, key) -> {
          left.add(key.normalize());
          right.add(hash(message.array()));
        });
    left.add(MINUS_GENERATOR);
    right.add(sum);
    return isOne(left, right);
  }

  /** The hasher keeps a digest while it works, so each call has its own. */
  private static BLS12_381G2Point hash(byte[] message) {
    return new BLS12_381G2HashToCurve(SUITE_BYTES).hashToCurve(message);
  }

  private static boolean isOne(List<ECPoint> left, List<BLS12_381G2Point> right) {
    return BLS12_381Pairing.multiPair(
            left.toArray(ECPoint[]::new), right.toArray(BLS12_381G2Point[]::new))
        .equals(Fp12Element.ONE);
  }
}
