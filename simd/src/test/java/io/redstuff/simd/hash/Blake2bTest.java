package io.redstuff.simd.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against digests that Python's hashlib gave ({@code blake2b(data, digest_size=32)}). */
class Blake2bTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8",
    "1, e88bd757ad5b9bedf372d8d3f0cf6c962a469db61a265f6418e1ffed86da29ec",
    "2, 0cb598051233e8caf83cd4382939b8324fbbc70ccc32ae5e14e7a0536186a5f6",
    "63, a69e023685fa5f19fca13acc02142a9cf8450ce5b77966586e0d000c4a4ea942",
    "64, 586c0dd87616ec042093edc5f87f880d37ca73618e99b03d5850ce9be478721f",
    "65, 6f7ceeb90322d003c5b33ae8b9d9282e0159dbdc17434abc3f91ae794641d77d",
    "127, c9ae3859964b35f04c54b36d33cf299d7290ee621005d28e51598a943560aaaa",
    "128, f0501d06597880592bc49234eef100ec1ff349058d0e9d9b753504e24af86dd6",
    "129, a34a4e1e03c541dfbf3099c4b6c143c022ced65c28bd7e8a10e0a098461aecf0",
    "255, f2d64a40e9412a3414161ff6250075225418fd7c271c1123e162e1bca0de9f93",
    "256, d93ebb9c802f5630ab22516fd82b6c21bc8bd551d531349b715f046ed11ed871",
    "257, 4ce481b24d387422d2bc2baa03d1afd55a1327939ff537c71eb9b38709268649",
    "1000, d62b6c768ce1afc8367e0498ab2f8e3f7c178c35b1429f14c4604b545d200f52",
    "4096, 3b7dcca5dcb409b9ee1d33ac58a03966d5e86581278891945e3d2fd80e3aad58",
    "65535, fe78895a3093453e1ca87e76a0fbae6f6ddbca45e38be1c1bb06f1444701639d"
  })
  void digestsOfCountingBytes(int length, String expected) {
    byte[] message = counting(length);
    assertEquals(expected, HexFormat.of().formatHex(Blake2b.hash(message)));
  }

  @Test
  void digestOfAbc() {
    assertEquals(
        "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319",
        HexFormat.of().formatHex(Blake2b.hash("abc".getBytes(US_ASCII))));
  }

  /** Lengths 0 to 2000: the digest of all digests. */
  @Test
  void digestOfManyDigests() {
    Blake2b all = new Blake2b();
    for (int length = 0; length <= 2000; length++) {
      all.update(Blake2b.hash(counting(length)));
    }
    assertEquals(
        "0fe7d4de71863c1b530fe35f544c87b22ac9daadceb871a4ee90f45099b129b9",
        HexFormat.of().formatHex(all.digest()));
  }

  @Test
  void piecesOfAnySizeAndKindGiveTheSame() {
    Random random = new Random(8);
    Blake2b hash = new Blake2b();
    for (int round = 0; round < 200; round++) {
      byte[] message = counting(random.nextInt(700));
      byte[] expected = Blake2b.hash(message);
      for (int at = 0; at < message.length; ) {
        int part = Math.min(message.length - at, random.nextInt(200));
        switch (random.nextInt(3)) {
          case 0 -> hash.update(message, at, part);
          case 1 -> hash.update(MemorySegment.ofArray(message), at, part);
          default -> {
            part = 1;
            hash.update(message[at]);
          }
        }
        at += part;
      }
      assertArrayEquals(expected, hash.digest());
    }
    assertArrayEquals(Blake2b.hash(), hash.update(new byte[300]).reset().digest());
  }

  @Test
  void byteByByteAcrossBlocks() {
    Blake2b hash = new Blake2b();
    byte[] message = counting(2 * Blake2b.BLOCK_BYTES + 1);
    for (byte b : message) {
      hash.update(b);
    }
    assertArrayEquals(Blake2b.hash(message), hash.digest());
  }

  @Test
  void rangesOutsideAreRefused() {
    Blake2b hash = new Blake2b();
    byte[] bytes = new byte[10];
    assertThrows(IndexOutOfBoundsException.class, () -> hash.update(bytes, 5, 6));
    assertThrows(IndexOutOfBoundsException.class, () -> hash.update(bytes, -1, 1));
    MemorySegment segment = MemorySegment.ofArray(bytes);
    assertThrows(IndexOutOfBoundsException.class, () -> hash.update(segment, 1, Long.MAX_VALUE));
  }

  private static byte[] counting(int length) {
    byte[] message = new byte[length];
    for (int i = 0; i < length; i++) {
      message[i] = (byte) (7 * i + 3);
    }
    return message;
  }
}
