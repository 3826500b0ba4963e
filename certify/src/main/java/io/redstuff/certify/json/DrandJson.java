package io.redstuff.certify.json;

import io.redstuff.audit.AuditHash;
import io.redstuff.audit.Beacon;
import io.redstuff.audit.DrandSignature;
import io.redstuff.certify.DrandChain;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.json.JsonFields;
import java.util.HexFormat;
import tools.jackson.databind.node.ObjectNode;

/**
 * A round of drand as its servers answer: {@code round}, a number, and {@code signature} and {@code
 * randomness} in hexadecimal digits. The answer does not say of which chain it is.
 *
 * @since 0.1.0
 */
public final class DrandJson {
  private static final String WHAT = "drand";
  private static final String SIGNATURE = "signature";
  private static final String RANDOMNESS = "randomness";

  private DrandJson() {}

  /**
   * Reads a round.
   *
   * @param json all of the text, UTF-8
   * @param chain the chain that it was asked of
   * @return the round; whether it is one of that chain is for {@link DrandChain#verify} to say
   * @throws MalformedDataException if it is not JSON of this form
   * @throws VerificationException if the randomness is there and is not the signature's digest
   */
  public static Beacon.Drand parse(byte[] json, DrandChain chain)
      throws MalformedDataException, VerificationException {
    JsonFields fields = JsonFields.parse(WHAT, json);
    long round = fields.number("round", Long.MAX_VALUE);
    if (round == 0) {
      throw new MalformedDataException(0, fields.name("round") + ": got 0, expected at least 1");
    }
    byte[] signature = fields.hex(SIGNATURE, DrandSignature.BYTES);
    Beacon.Drand beacon = new Beacon.Drand(chain.hash(), round, DrandSignature.of(signature));
    if (fields.has(RANDOMNESS)) {
      AuditHash got = AuditHash.of(fields.hex(RANDOMNESS, AuditHash.BYTES));
      AuditHash expected = DrandChain.randomness(beacon);
      if (!got.equals(expected)) {
        throw new VerificationException(
            VerificationException.Reason.WRONG_BEACON,
            "%s: got %s, expected the signature's digest %s"
                .formatted(fields.name(RANDOMNESS), got, expected));
      }
    }
    return beacon;
  }

  /**
   * Writes a round.
   *
   * @param beacon the round
   * @return JSON in lines, UTF-8
   */
  public static byte[] write(Beacon.Drand beacon) {
    ObjectNode root = JsonFields.newObject();
    root.put("round", beacon.round())
        .put(RANDOMNESS, HexFormat.of().formatHex(DrandChain.randomness(beacon).toBytes()))
        .put(SIGNATURE, HexFormat.of().formatHex(beacon.signature().toBytes()));
    return JsonFields.write(root);
  }
}
