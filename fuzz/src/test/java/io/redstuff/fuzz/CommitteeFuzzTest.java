package io.redstuff.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.ObjectId;
import io.redstuff.certify.Committee;
import io.redstuff.certify.CommitteeMember;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.error.RedStuffException;
import java.util.ArrayList;
import java.util.List;

/** Bytes read as the chain's object of a committee: refused, or written as they were read. */
class CommitteeFuzzTest {
  private static final BlsEngine ENGINE = BlsEngine.bouncyCastle();
  private static final byte[] GOOD = good();

  private static byte[] good() {
    try {
      List<CommitteeMember> members = new ArrayList<>();
      for (int i = 1; i <= 2; i++) {
        byte[] bytes = new byte[SecretKey.BYTES];
        bytes[SecretKey.BYTES - 1] = (byte) i;
        members.add(
            new CommitteeMember(ObjectId.of(bytes), ENGINE.publicKey(SecretKey.parse(bytes)), i));
      }
      return Committee.of(7, members).toBcs(ENGINE);
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  @FuzzTest
  void parse(byte[] bytes) throws RedStuffException {
    check(bytes);
    // What differs from a committee in a few places gets further.
    byte[] changed = GOOD.clone();
    for (int i = 0; i + 2 < bytes.length; i += 3) {
      int at =
          (Byte.toUnsignedInt(bytes[i]) * 256 + Byte.toUnsignedInt(bytes[i + 1])) % changed.length;
      changed[at] ^= bytes[i + 2];
    }
    check(changed);
  }

  private static void check(byte[] bytes) throws RedStuffException {
    Committee committee;
    try {
      committee = Committee.parse(bytes, ENGINE);
    } catch (RedStuffException e) {
      return;
    }
    assertArrayEquals(bytes, committee.toBcs(ENGINE));
  }
}
