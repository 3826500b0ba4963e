package io.redstuff.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.ObjectId;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.seal.DataCipher;
import io.redstuff.seal.EncryptedObject;
import io.redstuff.seal.Identity;
import io.redstuff.seal.KeyServer;
import io.redstuff.seal.MasterKey;
import io.redstuff.seal.Seal;
import io.redstuff.seal.SealPolicy;
import io.redstuff.seal.SealedKey;
import io.redstuff.seal.UserKey;
import io.redstuff.seal.container.SealedHeader;
import io.redstuff.seal.container.SealedReader;
import io.redstuff.seal.container.SealedSource;
import io.redstuff.seal.json.KeyServerJson;
import io.redstuff.seal.json.SealPolicyJson;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Objects and sealed blobs: bytes are refused or written as they were read; and good ones that were
 * changed anywhere are refused, and open to nothing.
 */
class SealFuzzTest {
  private static final Seal SEAL = Seal.on(BlsEngine.preferred());
  private static final ObjectId SERVER = ObjectId.of(new byte[ObjectId.BYTES]);
  private static final Identity IDENTITY = Identity.of(SERVER, new byte[] {1, 2, 3});
  private static final MasterKey MASTER = MasterKey.generate(new SecureRandom());
  private static final SealPolicy POLICY =
      new SealPolicy(
          IDENTITY, List.of(new KeyServer(SERVER, SEAL.server(SERVER, MASTER).publicKey())), 1);
  private static final UserKey KEY = SEAL.userKey(MASTER, SERVER, IDENTITY);

  private static final byte[] OBJECT =
      SEAL.encrypt(POLICY, DataCipher.AES_256_GCM, new byte[40], new byte[3]).toBcs();
  private static final byte[] BLOB = blob();

  private static byte[] blob() {
    try (SealedKey key = SEAL.newKey(POLICY)) {
      BlobSource content = BlobSource.of(MemorySegment.ofArray(new byte[5000]));
      SealedSource source = SealedSource.of(key, content, SealedHeader.MIN_SEGMENT_BITS);
      byte[] blob = new byte[Math.toIntExact(source.length())];
      source.read(0, MemorySegment.ofArray(blob));
      return blob;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @FuzzTest
  void objects(byte[] bytes) {
    ParserCheck.check(bytes, EncryptedObject::parse, EncryptedObject::toBcs, 64)
        .ifPresent(object -> assertTrue(object.threshold() <= object.servers().size()));
    byte[] changed = changed(OBJECT, bytes);
    try {
      EncryptedObject object = EncryptedObject.parse(changed);
      UserKey key = new UserKey(SERVER, object.identity(), KEY.point());
      byte[] data = SEAL.decrypt(object, List.of(key));
      assertTrue(Arrays.equals(OBJECT, changed), "opened what was changed");
      assertEquals(40, data.length);
    } catch (RedStuffException e) {
      assertTrue(!Arrays.equals(OBJECT, changed), e::getMessage);
    }
  }

  /** Policies, and where servers answer: refused as malformed data, or written as they are read. */
  @FuzzTest
  void policies(byte[] json) {
    try {
      SealPolicy policy = SealPolicyJson.parse(json, SEAL);
      assertEquals(policy, SealPolicyJson.parse(SealPolicyJson.write(policy), SEAL));
    } catch (RedStuffException e) {
      assertTrue(!e.getMessage().isEmpty());
    }
    try {
      KeyServerJson.url(json).ifPresent(url -> assertTrue(url.getScheme().startsWith("http")));
    } catch (MalformedDataException e) {
      assertTrue(e.byteOffset() >= 0 && e.byteOffset() <= json.length, e::getMessage);
    }
  }

  @FuzzTest
  void blobs(byte[] bytes) throws IOException {
    open(bytes);
    byte[] changed = changed(BLOB, bytes);
    assertEquals(Arrays.equals(BLOB, changed), open(changed));
  }

  /** Returns whether bytes are a sealed blob that opens. */
  private static boolean open(byte[] bytes) throws IOException {
    try {
      BlobSource blob = BlobSource.of(MemorySegment.ofArray(bytes));
      SealedHeader header = SealedHeader.read(blob);
      UserKey key = new UserKey(SERVER, header.object().identity(), KEY.point());
      try (SealedReader reader = header.open(blob, SEAL.decrypt(header.object(), List.of(key)))) {
        byte[] content = new byte[Math.toIntExact(reader.length())];
        reader.copyTo(BlobTarget.of(MemorySegment.ofArray(content)), WorkMonitor.NONE);
        return true;
      }
    } catch (MalformedDataException e) {
      assertTrue(e.byteOffset() >= 0 && e.byteOffset() <= bytes.length, e::getMessage);
      return false;
    } catch (RedStuffException e) {
      return false;
    }
  }

  /** Returns good bytes that differ in a few places, as some others say. */
  private static byte[] changed(byte[] good, byte[] how) {
    byte[] changed = good.clone();
    for (int i = 0; i + 2 < how.length; i += 3) {
      int at = (Byte.toUnsignedInt(how[i]) * 256 + Byte.toUnsignedInt(how[i + 1])) % changed.length;
      changed[at] ^= how[i + 2];
    }
    return changed;
  }
}
