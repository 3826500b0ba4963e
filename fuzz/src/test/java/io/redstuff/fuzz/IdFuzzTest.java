package io.redstuff.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.BlobId;
import io.redstuff.SymbolId;
import io.redstuff.proof.SliverPairHashes;
import io.redstuff.quilt.QuiltPatchId;

/**
 * Any bytes read as an id, in text and in binary: there is one form of each. What holds is said at
 * {@link ParserCheck}.
 */
class IdFuzzTest {
  @FuzzTest
  void parse(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    byte[] utf8 = text.getBytes(UTF_8); // what is no UTF-8 has become replacement characters
    ParserCheck.check(
            utf8,
            b -> BlobId.parse(new String(b, UTF_8)),
            id -> id.toString().getBytes(UTF_8),
            ParserCheck.FEW)
        .ifPresent(id -> assertEquals(id, BlobId.of(id.toBytes())));
    ParserCheck.check(
        utf8,
        b -> SymbolId.parse(new String(b, UTF_8)),
        id -> id.toString().getBytes(UTF_8),
        ParserCheck.FEW);
    ParserCheck.check(
        utf8,
        b -> QuiltPatchId.parse(new String(b, UTF_8)),
        id -> id.toString().getBytes(UTF_8),
        ParserCheck.FEW);
    ParserCheck.check(bytes, QuiltPatchId::parse, QuiltPatchId::toBytes, ParserCheck.FEW);
    ParserCheck.check(bytes, SymbolId::parseBcs, SymbolId::toBcs, ParserCheck.FEW);
    ParserCheck.check(bytes, SliverPairHashes::parse, SliverPairHashes::toBcs, ParserCheck.FEW);
  }
}
