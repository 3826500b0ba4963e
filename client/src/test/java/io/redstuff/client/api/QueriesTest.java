package io.redstuff.client.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.SymbolId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.MerkleProof;
import io.redstuff.proof.RecoverySymbol;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueriesTest {
  private static QueryParameters parse(String query) throws MalformedDataException {
    return QueryParameters.parse(query);
  }

  @Test
  void parametersComeInAnyOrderAndSeveralTimes() throws MalformedDataException {
    QueryParameters query = parse("b=1&a=x%2Fy+z&b=2&c");
    assertEquals(List.of("1", "2"), query.all("b"));
    assertEquals(Optional.of("x/y z"), query.one("a"));
    assertEquals(Optional.of(""), query.one("c"));
    assertEquals(Optional.empty(), query.one("d"));
    assertThrows(MalformedDataException.class, () -> query.one("b"));
    assertThrows(MalformedDataException.class, () -> parse("a=%zz"));
    assertEquals(List.of(), parse(null).all("a"));
    assertEquals(List.of(), parse("").all(""));
  }

  @Test
  void flagsAndWaiting() throws MalformedDataException {
    assertTrue(parse(QueryParameters.pending()).isPending());
    assertFalse(parse("pending=false").isPending());
    assertFalse(parse("").isPending());
    assertThrows(MalformedDataException.class, () -> parse("pending=yes").isPending());
    assertTrue(parse(QueryParameters.detailed()).isDetailed());
    assertEquals(OptionalLong.empty(), parse("").registrationWait());
    assertEquals(OptionalLong.empty(), parse("wait_millis=5").registrationWait());
    assertEquals(
        OptionalLong.of(1500),
        parse(QueryParameters.waitingForRegistration(1500)).registrationWait());
    assertEquals(
        OptionalLong.of(Long.MAX_VALUE), parse("wait_for_registration=true").registrationWait());
    assertThrows(
        MalformedDataException.class,
        () -> parse("wait_for_registration=true&wait_millis=-1").registrationWait());
  }

  @Test
  void recoverySymbolsById() throws MalformedDataException {
    RecoverySymbolsQuery query =
        new RecoverySymbolsQuery.Ids(
            List.of(new SymbolId(73, 241), new SymbolId(1, 2), new SymbolId(73, 241)),
            Optional.empty());
    assertEquals("id=1-2&id=73-241", query.toQuery());
    assertEquals(Optional.of(query), RecoverySymbolsQuery.parse(parse(query.toQuery())));
    assertTrue(query.accepts(symbol(Axis.PRIMARY, 73, 241)));
    assertTrue(query.accepts(symbol(Axis.SECONDARY, 241, 73)));
    assertFalse(query.accepts(symbol(Axis.PRIMARY, 241, 73)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RecoverySymbolsQuery.Ids(List.of(), Optional.empty()));
    assertEquals(Optional.empty(), RecoverySymbolsQuery.parse(parse("proofAxis=primary")));
  }

  @Test
  void recoverySymbolsOfASliver() throws MalformedDataException {
    RecoverySymbolsQuery query =
        new RecoverySymbolsQuery.Recovers(SliverId.primary(5), Optional.of(Axis.SECONDARY));
    assertEquals("targetSliver=5&targetType=primary&proofAxis=secondary", query.toQuery());
    assertEquals(Optional.of(query), RecoverySymbolsQuery.parse(parse(query.toQuery())));
    assertTrue(query.accepts(symbol(Axis.PRIMARY, 5, 9)));
    assertFalse(query.accepts(symbol(Axis.PRIMARY, 6, 9)));
    assertFalse(query.accepts(symbol(Axis.SECONDARY, 9, 5))); // its proof is on the primary
  }

  private static GeneralRecoverySymbol symbol(Axis axis, int target, int source)
      throws MalformedDataException {
    MerkleProof proof = MerkleProof.parse(new byte[1]);
    DecodingSymbol symbol = new DecodingSymbol(source, new byte[2]);
    return new RecoverySymbol(axis, symbol, proof).withTarget(target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id=1-2&targetSliver=5&targetType=primary",
        "targetSliver=5",
        "targetType=primary",
        "targetSliver=5&targetType=both",
        "targetSliver=65536&targetType=primary",
        "targetSliver=5&targetSliver=6&targetType=primary",
        "id=1-2&proofAxis=x",
        "id=1_2",
      })
  void otherRecoverySymbolsAreRefused(String query) {
    assertThrows(MalformedDataException.class, () -> RecoverySymbolsQuery.parse(parse(query)));
  }

  @Test
  void decodingSymbols() throws MalformedDataException {
    DecodingSymbolsQuery query = new DecodingSymbolsQuery(Axis.PRIMARY, List.of(2, 1, 2));
    assertEquals("targetSlivers=1&targetSlivers=2&targetType=primary", query.toQuery());
    assertEquals(Optional.of(query), DecodingSymbolsQuery.parse(parse(query.toQuery())));
    assertEquals(Optional.empty(), DecodingSymbolsQuery.parse(parse("targetType=primary")));
    assertThrows(
        MalformedDataException.class, () -> DecodingSymbolsQuery.parse(parse("targetSlivers=1")));
    assertThrows(
        IllegalArgumentException.class, () -> new DecodingSymbolsQuery(Axis.PRIMARY, List.of()));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> new DecodingSymbolsQuery(Axis.PRIMARY, List.of(1 << 16)));
  }

  @Test
  void headers() throws MalformedDataException {
    assertTrue(ApiHeaders.isBcs(null));
    assertTrue(ApiHeaders.isBcs("Application/Octet-Stream ; x=y"));
    assertFalse(ApiHeaders.isBcs("application/json"));
    byte[] bytes = new byte[PublicKeyBytes.BYTES];
    bytes[0] = (byte) 0xfb;
    PublicKeyBytes key = PublicKeyBytes.of(bytes);
    String header = ApiHeaders.authorization(key);
    assertEquals("+w" + "A".repeat(62), header);
    assertEquals(key, ApiHeaders.parseAuthorization(header));
    for (String wrong : List.of("", "?", header + "AAAA", "Bearer " + header)) {
      assertThrows(MalformedDataException.class, () -> ApiHeaders.parseAuthorization(wrong), wrong);
    }
  }
}
