package io.redstuff.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** AES-GCM as it is used here, on vectors of Project Wycheproof: some must be refused. */
class AesGcmTest {
  @Test
  void wycheproof() throws Exception {
    List<JsonNode> tests;
    try (InputStream in =
        Objects.requireNonNull(
            AesGcmTest.class.getResourceAsStream("/vectors/wycheproof-aes-gcm.json"))) {
      tests = new JsonMapper().readTree(in).get("tests").valueStream().toList();
    }
    assertEquals(13, tests.size());
    for (JsonNode test : tests) {
      byte[] key = SealVectors.hex(test, "key");
      byte[] iv = SealVectors.hex(test, "iv");
      byte[] aad = SealVectors.hex(test, "aad");
      byte[] message = SealVectors.hex(test, "msg");
      byte[] encrypted = Bytes.concat(SealVectors.hex(test, "ct"), SealVectors.hex(test, "tag"));
      Cipher decrypting = Ciphertext.Aes.cipher(Cipher.DECRYPT_MODE, key, iv, aad);
      if (SealVectors.text(test, "result").equals("valid")) {
        assertArrayEquals(message, decrypting.doFinal(encrypted), test::toString);
        assertArrayEquals(
            encrypted, Ciphertext.Aes.cipher(Cipher.ENCRYPT_MODE, key, iv, aad).doFinal(message));
      } else {
        assertThrows(
            AEADBadTagException.class, () -> decrypting.doFinal(encrypted), test::toString);
      }
    }
  }
}
