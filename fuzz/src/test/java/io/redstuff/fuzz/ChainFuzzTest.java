package io.redstuff.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.FixedBytes;
import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.U256;
import io.redstuff.chain.BlobAttributes;
import io.redstuff.chain.BlobObject;
import io.redstuff.chain.ChainEvent;
import io.redstuff.chain.EventType;
import io.redstuff.chain.PooledBlob;
import io.redstuff.chain.ShardAssignment;
import io.redstuff.chain.SharedBlob;
import io.redstuff.chain.StorageResource;
import io.redstuff.error.MalformedDataException;

/**
 * Any bytes read as each object and event of the chain, and as the ids and numbers in them: what
 * holds is said at {@link ParserCheck}.
 */
class ChainFuzzTest {
  /** A shard of two bytes becomes an object in a list and an entry of a map, which are copied. */
  private static final int MAPS = 256;

  private static final int LIST = 48;

  @FuzzTest
  void parse(byte[] bytes) {
    ParserCheck.check(bytes, BlobObject::parse, BlobObject::toBcs, ParserCheck.FEW);
    ParserCheck.check(bytes, StorageResource::parse, StorageResource::toBcs, ParserCheck.FEW);
    ParserCheck.check(bytes, SharedBlob::parse, SharedBlob::toBcs, ParserCheck.FEW);
    ParserCheck.check(bytes, PooledBlob::parse, PooledBlob::toBcs, ParserCheck.FEW);
    ParserCheck.check(bytes, BlobAttributes::parse, BlobAttributes::toBcs, MAPS);
    ParserCheck.check(bytes, ShardAssignment::parse, ShardAssignment::toBcs, MAPS);
    for (EventType type : EventType.values()) {
      ParserCheck.check(bytes, b -> ChainEvent.parse(type, b), ChainEvent::toBcs, LIST);
    }
    checkText(bytes, ObjectId::parse);
    checkText(bytes, SuiAddress::parse);
    checkText(bytes, U256::parse);
  }

  private static void checkText(byte[] bytes, TextParser<? extends FixedBytes> parser) {
    byte[] utf8 = new String(bytes, UTF_8).getBytes(UTF_8);
    ParserCheck.check(
        utf8,
        b -> parser.parse(new String(b, UTF_8)),
        value -> value.toString().getBytes(UTF_8),
        ParserCheck.FEW);
  }

  /** Reads a text. */
  @FunctionalInterface
  private interface TextParser<T> {
    T parse(String text) throws MalformedDataException;
  }
}
