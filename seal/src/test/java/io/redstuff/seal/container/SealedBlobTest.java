package io.redstuff.seal.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.ObjectId;
import io.redstuff.Sliver;
import io.redstuff.SliverPair;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.seal.DataCipher;
import io.redstuff.seal.Identity;
import io.redstuff.seal.KeyServer;
import io.redstuff.seal.MasterKey;
import io.redstuff.seal.Seal;
import io.redstuff.seal.SealPolicy;
import io.redstuff.seal.SealedKey;
import io.redstuff.seal.UserKey;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.StoredEncoding;
import io.redstuff.store.StoredRanges;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.RangeCheck;
import io.redstuff.stream.StreamEncoder;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Sealed blobs: written, read, and changed in every way. */
class SealedBlobTest {
  private static final int BITS = SealedHeader.MIN_SEGMENT_BITS;
  private static final int SEGMENT = 1 << BITS;

  private static final Seal SEAL = Seal.create();
  private static final MasterKey MASTER = MasterKey.generate(new SecureRandom());
  private static final ObjectId SERVER_ID = ObjectId.of(new byte[ObjectId.BYTES]);
  private static final KeyServer SERVER = SEAL.server(SERVER_ID, MASTER);
  private static final Identity IDENTITY = Identity.of(SERVER_ID, new byte[] {1});
  private static final SealPolicy POLICY = new SealPolicy(IDENTITY, List.of(SERVER), 1);
  private static final UserKey USER_KEY = SEAL.userKey(MASTER, SERVER_ID, IDENTITY);

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }

  private static byte[] sealed(SealedKey key, byte[] content) throws IOException {
    SealedSource source = SealedSource.of(key, BlobSource.of(MemorySegment.ofArray(content)), BITS);
    return all(source);
  }

  private static byte[] all(BlobSource source) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment all = arena.allocate(source.length());
      source.read(0, all);
      return all.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private static SealedReader open(byte[] blob) throws IOException, RedStuffException {
    BlobSource bytes = BlobSource.of(MemorySegment.ofArray(blob));
    SealedHeader header = SealedHeader.read(bytes);
    return header.open(bytes, SEAL.decrypt(header.object(), List.of(USER_KEY)));
  }

  private static byte[] opened(byte[] blob) throws IOException, RedStuffException {
    try (SealedReader reader = open(blob)) {
      byte[] content = new byte[Math.toIntExact(reader.length())];
      reader.copyTo(BlobTarget.of(MemorySegment.ofArray(content)), WorkMonitor.NONE);
      return content;
    }
  }

  /** Lengths around segments, read whole and piece by piece, in any order. */
  @Property(tries = 60)
  void roundTrips(
      @ForAll @IntRange(max = 3) int segments,
      @ForAll @IntRange(min = -2, max = 2) int more,
      @ForAll long seed)
      throws IOException, RedStuffException {
    byte[] content = content(Math.max(0, segments * SEGMENT + more));
    Random random = new Random(seed);
    try (SealedKey key = SEAL.newKey(POLICY)) {
      SealedSource source =
          SealedSource.of(key, BlobSource.of(MemorySegment.ofArray(content)), BITS);
      byte[] blob = all(source);
      assertEquals(source.header().containerLength(), blob.length);
      for (int i = 0; i < 10; i++) {
        int from = random.nextInt(blob.length);
        byte[] part = new byte[random.nextInt(blob.length - from)];
        source.read(from, MemorySegment.ofArray(part));
        assertArrayEquals(Arrays.copyOfRange(blob, from, from + part.length), part);
      }
      assertArrayEquals(content, opened(blob));
      try (SealedReader reader = open(blob)) {
        assertEquals(content.length, reader.length());
        for (int i = 0; i < 10; i++) {
          int from = random.nextInt(content.length + 1);
          byte[] part = new byte[random.nextInt(content.length - from + 1)];
          reader.read(from, MemorySegment.ofArray(part));
          assertArrayEquals(Arrays.copyOfRange(content, from, from + part.length), part);
        }
      }
    }
  }

  /** Made once, of a known key: the format does not change. */
  @Test
  void format() throws Exception {
    byte[] key = new byte[32];
    byte[] header = {1, 2, 3};
    SegmentCipher cipher = SegmentCipher.of(key, header);
    byte[] encrypted = new byte[5 + SegmentCipher.TAG_BYTES];
    cipher.encrypt(258, true, new byte[] {1, 2, 3, 4, 5}, 5, encrypted);
    // HKDF-SHA-256 and AES-256-GCM by another implementation.
    assertEquals(EXPECTED_SEGMENT, HexFormat.of().formatHex(encrypted));
    try (SealedKey sealed = SEAL.newKey(POLICY)) {
      byte[] blob = sealed(sealed, content(3));
      assertArrayEquals(
          HexFormat.of().parseHex("7265647365616c" + "01" + "0c" + "0300000000000000"),
          Arrays.copyOf(blob, 17));
      byte[] bcs = sealed.object().toBcs();
      // 228 bytes or so: its length takes two.
      assertEquals(bcs.length, (blob[17] & 0x7f) | (blob[18] << 7));
      assertArrayEquals(bcs, Arrays.copyOfRange(blob, 19, 19 + bcs.length));
      assertEquals(19 + bcs.length + 3 + 16, blob.length);
      assertTrue(SealedHeader.isSealed(blob));
      assertTrue(SealedHeader.isSealed(Arrays.copyOf(blob, 7)));
      assertFalse(SealedHeader.isSealed(Arrays.copyOf(blob, 6)));
      assertFalse(SealedHeader.isSealed(new byte[9]));
    }
  }

  private static final String EXPECTED_SEGMENT = "3b22374bed3b35cec3d5df6945cb04181065fa5998";

  /** A range costs the segments it lies in, and the header. */
  @Test
  void rangesReadTheirSegments() throws IOException, RedStuffException {
    byte[] content = content(100 * SEGMENT);
    try (SealedKey key = SEAL.newKey(POLICY);
        SealedReader reader = open(sealed(key, content))) {
      reader.read(50 * SEGMENT + 10, MemorySegment.ofArray(new byte[1024]));
      assertEquals(SEGMENT + SegmentCipher.TAG_BYTES, reader.bytesRead());
      reader.read(50 * SEGMENT + 2000, MemorySegment.ofArray(new byte[100]));
      assertEquals(SEGMENT + SegmentCipher.TAG_BYTES, reader.bytesRead());
    }
  }

  @Test
  void changesAreSeen() throws IOException {
    byte[] content = content(2 * SEGMENT + 5);
    try (SealedKey key = SEAL.newKey(POLICY);
        SealedKey otherKey = SEAL.newKey(POLICY)) {
      byte[] blob = sealed(key, content);
      int header = blob.length - content.length - 3 * SegmentCipher.TAG_BYTES;
      int whole = SEGMENT + SegmentCipher.TAG_BYTES;
      for (int at : List.of(header, header + whole - 1, header + whole, blob.length - 1)) {
        byte[] bad = blob.clone();
        bad[at] ^= 1;
        assertBad(bad);
      }
      // Two segments changed places.
      byte[] swapped = blob.clone();
      System.arraycopy(blob, header, swapped, header + whole, whole);
      System.arraycopy(blob, header + whole, swapped, header, whole);
      assertBad(swapped);
      // The last one is gone, with and without a header that says so.
      byte[] cut = Arrays.copyOf(blob, header + 2 * whole);
      assertThrows(MalformedDataException.class, () -> opened(cut));
      cut[9] = 0;
      cut[10] = (byte) ((2 * SEGMENT) >> 8);
      assertBad(cut);
      // One of another blob of the same length.
      byte[] other = sealed(otherKey, content);
      byte[] mixed = blob.clone();
      System.arraycopy(other, header, mixed, header, whole);
      assertBad(mixed);
      // One byte more, one less.
      assertThrows(
          MalformedDataException.class, () -> opened(Arrays.copyOf(blob, blob.length + 1)));
      assertThrows(
          MalformedDataException.class, () -> opened(Arrays.copyOf(blob, blob.length - 1)));
    }
  }

  private static void assertBad(byte[] blob) {
    VerificationException e = assertThrows(VerificationException.class, () -> opened(blob));
    assertEquals(Reason.BAD_CIPHERTEXT, e.reason());
  }

  /** The header is authenticated, too: another length of segments, with which all would fit. */
  @Test
  void headersAreAuthenticated() throws IOException {
    try (SealedKey key = SEAL.newKey(POLICY)) {
      byte[] blob = sealed(key, content(5));
      blob[8]++;
      assertBad(blob);
    }
  }

  @Test
  void malformedHeaders() throws IOException {
    try (SealedKey key = SEAL.newKey(POLICY)) {
      byte[] blob = sealed(key, content(5));
      assertMalformed(blob, 0, 'R', "expected the word 'redseal'");
      assertMalformed(blob, 7, 2, "got version 2, expected 1");
      assertMalformed(blob, 8, 11, "got 2^11, expected 2^12 to 2^24");
      assertMalformed(blob, 8, 25, "got 2^25, expected 2^12 to 2^24");
      assertMalformed(blob, 9, 6, "bytes, expected");
      assertMalformed(blob, 16, 0x80, "content length");
      assertMalformed(blob, 16, 0x7f, "with 9151314442816847877 of content");
      assertMalformed(blob, 18, 0x7f, "expected an object of");
      assertMalformed(blob, 18, 0x80, "object length: got another number");
      assertMalformed(blob, 19, 1, "at byte 19: encrypted object: got version 1");
      byte[] tooLong = blob.clone();
      Arrays.fill(tooLong, 17, 22, (byte) 0xff);
      assertThrows(MalformedDataException.class, () -> opened(tooLong));
      assertThrows(MalformedDataException.class, () -> opened(Arrays.copyOf(blob, 12)));
      assertThrows(MalformedDataException.class, () -> opened(Arrays.copyOf(blob, 40)));
      assertThrows(MalformedDataException.class, () -> opened(new byte[0]));
    }
  }

  private static void assertMalformed(byte[] blob, int at, int value, String expected) {
    byte[] bad = blob.clone();
    bad[at] = (byte) value;
    MalformedDataException e = assertThrows(MalformedDataException.class, () -> opened(bad));
    assertTrue(e.getMessage().contains(expected), e::getMessage);
  }

  /** An object with data of its own is none that carries a key. */
  @Test
  void objectsWithData() {
    byte[] bcs = SEAL.encrypt(POLICY, DataCipher.AES_256_GCM, new byte[3], new byte[0]).toBcs();
    byte[] blob = new byte[17 + 2 + bcs.length + 16];
    System.arraycopy(
        HexFormat.of().parseHex("7265647365616c" + "01" + "0c" + "0000000000000000"),
        0,
        blob,
        0,
        17);
    blob[17] = (byte) (bcs.length | 0x80);
    blob[18] = (byte) (bcs.length >> 7);
    System.arraycopy(bcs, 0, blob, 19, bcs.length);
    MalformedDataException e = assertThrows(MalformedDataException.class, () -> opened(blob));
    assertTrue(e.getMessage().contains("got an object with data in it"), e::getMessage);
  }

  /** Two contents with one nonce would show both: the second is not given out. */
  @Test
  void contentThatChanges() throws IOException {
    byte[] content = content(3 * SEGMENT);
    try (SealedKey key = SEAL.newKey(POLICY)) {
      SealedSource source =
          SealedSource.of(key, BlobSource.of(MemorySegment.ofArray(content)), BITS);
      byte[] blob = all(source);
      content[SEGMENT + 7] ^= 1;
      byte[] part = new byte[10];
      int inSecond = blob.length - 2 * SEGMENT;
      IOException e =
          assertThrows(IOException.class, () -> source.read(inSecond, MemorySegment.ofArray(part)));
      assertTrue(e.getMessage().contains("changed while it was read"), e::getMessage);
      assertArrayEquals(new byte[10], part);
      source.read(blob.length - 10, MemorySegment.ofArray(part));
      assertArrayEquals(Arrays.copyOfRange(blob, blob.length - 10, blob.length), part);
    }
  }

  @Test
  void callersMistakes() throws IOException, RedStuffException {
    BlobSource empty = BlobSource.of(MemorySegment.ofArray(new byte[0]));
    SealedKey key = SEAL.newKey(POLICY);
    assertThrows(IllegalArgumentException.class, () -> SealedSource.of(key, empty, 11));
    assertThrows(IllegalArgumentException.class, () -> SealedSource.of(key, empty, 25));
    SealedSource source = SealedSource.of(key, empty);
    assertEquals(1 << 16, source.header().segmentBytes());
    MemorySegment one = MemorySegment.ofArray(new byte[1]);
    assertThrows(EOFException.class, () -> source.read(source.length(), one));
    assertThrows(EOFException.class, () -> source.read(-1, one));
    SealedReader reader = open(all(source));
    assertThrows(IndexOutOfBoundsException.class, () -> reader.read(0, one));
    assertThrows(IndexOutOfBoundsException.class, () -> reader.read(-1, one));
    reader.close();
    assertThrows(
        IllegalStateException.class,
        () -> reader.copyTo(BlobTarget.of(MemorySegment.ofArray(new byte[0])), WorkMonitor.NONE));
    assertThrows(IllegalArgumentException.class, () -> source.header().open(source, new byte[31]));
    key.close();
  }

  /** Sealed as it is encoded, by an encoder that reads it twice; opened from slivers, some lost. */
  @Test
  void throughTheEncoder() throws Exception {
    byte[] content = content(40 * SEGMENT + 123);
    RedStuff codec = RedStuff.forShards(10);
    MemoryStore store;
    try (SealedKey key = SEAL.newKey(POLICY)) {
      SealedSource source =
          SealedSource.of(key, BlobSource.of(MemorySegment.ofArray(content)), BITS);
      List<Sliver> slivers = new ArrayList<>();
      try (EncodedBlob encoded = codec.encode(all(source))) {
        for (SliverPair pair : encoded.pairs().subList(0, 7)) {
          slivers.add(Sliver.parseCopy(Axis.SECONDARY, pair.secondary().toBcs()));
        }
        store = MemoryStore.of(encoded.metadata(), slivers);
        Path directory = Files.createTempDirectory("sealed-blob-test");
        Workspace little =
            Workspace.ofMemory(StreamEncoder.of(codec, Workspace.ofMemory(1 << 30)).minimumMemory())
                .spillingTo(directory);
        assertEquals(
            encoded.metadata().blobId(), StreamEncoder.of(codec, little).metadata(source).blobId());
        Files.delete(directory);
      }
    }
    StoredEncoding stored = StoredEncoding.open(store, Optional.empty());
    try (StoredRanges ranges =
        stored.ranges(stored.slivers(EnumSet.of(Axis.SECONDARY), _ -> {}), RangeCheck.RECOVERED)) {
      SealedHeader header = SealedHeader.read(ranges);
      try (SealedReader reader =
          header.open(ranges, SEAL.decrypt(header.object(), List.of(USER_KEY)))) {
        byte[] middle = new byte[1024];
        reader.read(20 * SEGMENT + 77, MemorySegment.ofArray(middle));
        assertArrayEquals(
            Arrays.copyOfRange(content, 20 * SEGMENT + 77, 20 * SEGMENT + 77 + 1024), middle);
      }
    }
  }
}
