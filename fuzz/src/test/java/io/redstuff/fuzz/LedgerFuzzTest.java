package io.redstuff.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.error.MalformedDataException;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.BlobState;
import io.redstuff.network.ledger.LedgerEvent;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.Supply;
import io.redstuff.network.ledger.SystemState;
import io.redstuff.network.ledger.object.EpochCommittee;
import io.redstuff.network.ledger.object.EpochPhase;
import io.redstuff.network.ledger.object.OwnedObject;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.ledger.object.SystemParameters;
import io.redstuff.network.ledger.transaction.ChainId;
import io.redstuff.network.ledger.transaction.SignedTransaction;
import io.redstuff.network.ledger.transaction.Transaction;
import io.redstuff.network.ledger.transaction.TransactionDigest;
import java.util.function.Function;

/**
 * Any bytes read as what is sent to the ledger and what it keeps: what holds is said at {@link
 * ParserCheck}.
 */
class LedgerFuzzTest {
  /** An argument of two bytes becomes an object in a list; an epoch one of a map. */
  private static final int MAPS = 256;

  @FuzzTest
  void parse(byte[] bytes) {
    ParserCheck.check(bytes, Transaction::parse, Transaction::toBcs, MAPS);
    ParserCheck.check(bytes, SignedTransaction::parse, SignedTransaction::toBcs, MAPS);
    ParserCheck.check(bytes, Receipt::parse, Receipt::toBcs, MAPS);
    ParserCheck.check(bytes, OwnedObject::parse, OwnedObject::toBcs, MAPS);
    ParserCheck.check(bytes, StorageNode::parse, StorageNode::toBcs, MAPS);
    ParserCheck.check(bytes, EpochCommittee::parse, EpochCommittee::toBcs, MAPS);
    ParserCheck.check(bytes, SystemState::parse, SystemState::toBcs, MAPS);
    ParserCheck.check(bytes, BlobState::parse, BlobState::toBcs, MAPS);
    ParserCheck.check(bytes, LedgerEvent::parse, LedgerEvent::toBcs, MAPS);
    ParserCheck.check(bytes, Supply::parse, Supply::toBcs, ParserCheck.FEW);
    ParserCheck.check(bytes, EpochPhase::parse, EpochPhase::toBcs, ParserCheck.FEW);
    ParserCheck.check(bytes, SystemParameters::parse, SystemParameters::toBcs, ParserCheck.FEW);
  }

  /** Reads a text. */
  @FunctionalInterface
  private interface TextParser<T> {
    T parse(String text) throws MalformedDataException;
  }

  private static <T> void checkText(
      byte[] bytes, TextParser<T> parser, Function<T, String> writer) {
    ParserCheck.check(
        new String(bytes, UTF_8).getBytes(UTF_8),
        text -> parser.parse(new String(text, UTF_8)),
        value -> writer.apply(value).getBytes(UTF_8),
        ParserCheck.FEW);
  }

  @FuzzTest
  void texts(byte[] bytes) {
    checkText(bytes, TransactionDigest::parse, TransactionDigest::toString);
    checkText(bytes, ChainId::parse, ChainId::toString);
    checkText(bytes, Abort::parse, Abort::qualifiedName);
  }
}
