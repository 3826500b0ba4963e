package io.redstuff.network.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.chain.BlobObject;
import io.redstuff.chain.Frost;
import io.redstuff.chain.StorageResource;
import io.redstuff.error.MalformedDataException;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.network.ledger.object.ExchangeRate;
import io.redstuff.network.ledger.object.NodeInfo;
import io.redstuff.network.ledger.object.SystemParameters;
import io.redstuff.network.ledger.testing.TestLedger;
import io.redstuff.network.ledger.transaction.GovernedParameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of the ledger refuse what they cannot be, and say what they mean. */
class LedgerValuesTest {
  private static final ObjectId OBJECT = ObjectId.of(new byte[ObjectId.BYTES]);
  private static final BlobId BLOB = TestLedger.blobId(5, 1);

  private static Genesis genesis(int shards, int nodes, long... balances) {
    return new Genesis(
        shards,
        nodes,
        TestLedger.PARAMETERS,
        TestLedger.START,
        balances.length == 2
            ? Map.of(
                TestLedger.account(1), Frost.of(balances[0]),
                TestLedger.account(2), Frost.of(balances[1]))
            : Map.of());
  }

  @ParameterizedTest
  @CsvSource({"3,10", "10,0", "10,1001", "9,20"})
  void aBeginningThatCannotBe(int shards, int nodes) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> genesis(shards, nodes));
    assertTrue(e.getMessage().contains("got"), e.getMessage());
  }

  @Test
  void thereIsNoMoreThanAllWal() {
    assertEquals(Genesis.MOST_FROST, genesis(9, 19, Genesis.MOST_FROST - 1, 1).supply().value());
    assertThrows(IllegalArgumentException.class, () -> genesis(10, 20, Genesis.MOST_FROST, 1));
  }

  @Test
  void otherBeginningsAreOtherLedgers() {
    assertEquals(genesis(10, 20, 1, 2).chainId(), genesis(10, 20, 1, 2).chainId());
    assertFalse(genesis(10, 20, 1, 2).chainId().equals(genesis(10, 20, 2, 1).chainId()));
  }

  private static BlobObject blob(boolean deletable, long endEpoch, OptionalLong certified) {
    return new BlobObject(
        OBJECT,
        1,
        BLOB,
        5,
        1,
        certified,
        new StorageResource(OBJECT, 1, endEpoch, 100_000),
        deletable);
  }

  private static BlobState state(OptionalLong invalid, OptionalLong denied, BlobObject... blobs) {
    return new BlobState(BLOB, 3, List.of(blobs), invalid, denied);
  }

  @Test
  void whatIsOwed() {
    OptionalLong none = OptionalLong.empty();
    OptionalLong two = OptionalLong.of(2);
    BlobObject permanent = blob(false, 4, two);
    assertTrue(state(none, none, permanent).isAvailable());
    assertFalse(state(two, none, permanent).isAvailable());
    assertFalse(state(none, two, permanent).isAvailable());
    assertFalse(state(none, none, blob(false, 4, none)).isAvailable());
    assertFalse(state(none, none, blob(false, 3, two)).isAvailable());
    assertTrue(state(none, none, permanent).isRegisteredPermanent());
    assertFalse(state(none, none, blob(true, 4, none)).isRegisteredPermanent());
    assertFalse(state(none, none, blob(false, 3, none)).isRegisteredPermanent());
    assertTrue(state(none, none, blob(true, 4, none)).registeredDeletable(OBJECT).isPresent());
    assertTrue(state(none, none, permanent).registeredDeletable(OBJECT).isEmpty());
    byte[] other = new byte[ObjectId.BYTES];
    other[0] = 1;
    assertTrue(
        state(none, none, blob(true, 4, none)).registeredDeletable(ObjectId.of(other)).isEmpty());
  }

  @Test
  void parameters() throws Exception {
    SystemParameters mainnet = SystemParameters.MAINNET;
    assertEquals(7, mainnet.with(GovernedParameter.EPOCH_DURATION, 7).epochDuration());
    assertEquals(8, mainnet.with(GovernedParameter.MAX_EPOCHS_AHEAD, 8).maxEpochsAhead());
    assertEquals(9, mainnet.with(GovernedParameter.BURN_RATE, 9).burnRate());
    assertThrows(
        IllegalArgumentException.class, () -> mainnet.with(GovernedParameter.MAX_EPOCHS_AHEAD, 0));
    byte[] bcs = mainnet.toBcs();
    bcs[8] = 0; // 53 epochs ahead become none
    assertThrows(MalformedDataException.class, () -> SystemParameters.parse(bcs));
    assertEquals(Optional.empty(), GovernedParameter.ofNumber(3));
    assertFalse(GovernedParameter.BURN_RATE.allows(-1));
    assertFalse(GovernedParameter.BURN_RATE.allows(10_001));
  }

  @Test
  void rates() {
    assertEquals(5, ExchangeRate.FLAT.toFrost(5));
    assertEquals(5, new ExchangeRate(7, 0).toShares(5));
    assertEquals(14, new ExchangeRate(7, 1).toFrost(2));
    assertThrows(IllegalArgumentException.class, () -> new ExchangeRate(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new ExchangeRate(0, -1));
  }

  @Test
  void keysForLater() {
    PublicKeyBytes now = PublicKeyBytes.of(new byte[PublicKeyBytes.BYTES]);
    byte[] bytes = new byte[PublicKeyBytes.BYTES];
    bytes[0] = 1;
    PublicKeyBytes later = PublicKeyBytes.of(bytes);
    NodeInfo info = new NodeInfo("a", "b:1", now, Optional.empty(), "0A");
    assertEquals("0a", info.networkPublicKey());
    assertEquals(now, info.keyWhenSelected());
    assertEquals(later, info.withNextPublicKey(later).keyWhenSelected());
    assertThrows(
        IllegalArgumentException.class,
        () -> new NodeInfo("a", "b:1", now, Optional.empty(), "no digits"));
  }

  @ParameterizedTest
  @CsvSource({"blob::ENothing", "x"})
  void abortsHaveNames(String name) {
    assertThrows(MalformedDataException.class, () -> Abort.parse(name));
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> Abort.parse(name.repeat(100)));
    assertTrue(e.getMessage().length() < 200, e.getMessage());
  }

  @Test
  void abortsComeBackByName() throws Exception {
    for (Abort abort : Abort.values()) {
      assertEquals(abort, Abort.parse(abort.qualifiedName()));
      assertTrue(abort.code() >= 0 && !abort.module().isEmpty() && !abort.moveName().isEmpty());
    }
    LedgerException e = new LedgerException(Abort.ZERO_STAKE, "why");
    assertEquals("why", e.details());
  }

  @Test
  void waitingThrowsTheReasonItself() {
    assertThrows(
        LedgerException.class,
        () -> LedgerFutures.await(failed(new LedgerException(Abort.ZERO_STAKE, ""))));
    assertThrows(
        UnsupportedOperationException.class,
        () -> LedgerFutures.await(failed(new UnsupportedOperationException())));
    assertThrows(
        IllegalStateException.class, () -> LedgerFutures.await(failed(new Exception("other"))));
  }

  private static CompletableFuture<Receipt> failed(Exception e) {
    return CompletableFuture.failedFuture(e);
  }
}
