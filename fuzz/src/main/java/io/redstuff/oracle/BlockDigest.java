package io.redstuff.oracle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over the encodings of the cases of a block, in their order. */
final class BlockDigest {
  /** Cases of a block. */
  static final int CASES = 1000;

  private final MessageDigest digest;

  BlockDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void add(OfficialEncoding encoding) {
    digest.update(encoding.metadata());
    digest.update(encoding.primaries());
    digest.update(encoding.secondaries());
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns the digest of a block as Redstuff makes it, without the official encoder. */
  static String replay(CasePlan plan, long block) {
    BlockDigest digest = new BlockDigest();
    for (long i = block * CASES; i < (block + 1) * CASES; i++) {
      DifferentialCase one = plan.at(i);
      digest.add(OwnEncoder.encode(OwnEncoder.codec(one.shards()), one.blob()));
    }
    return digest.hex();
  }
}
