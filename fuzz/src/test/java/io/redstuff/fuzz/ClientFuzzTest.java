package io.redstuff.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.Axis;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.client.api.ApiHeaders;
import io.redstuff.client.api.BlobStatus;
import io.redstuff.client.api.DecodingSymbols;
import io.redstuff.client.api.DecodingSymbolsQuery;
import io.redstuff.client.api.NodeError;
import io.redstuff.client.api.NodeHealth;
import io.redstuff.client.api.NodeRoute;
import io.redstuff.client.api.QueryParameters;
import io.redstuff.client.api.RecoverySymbolsQuery;
import io.redstuff.client.api.ShardSlivers;
import io.redstuff.client.api.SignedAnswers;
import io.redstuff.client.api.StoredStatus;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Any bytes read as what nodes and clients say to each other: bodies as {@link ParserCheck} says;
 * answers in JSON, queries and headers refused, or written and read again as the same.
 */
class ClientFuzzTest {
  private static final BlsEngine ENGINE = BlsEngine.bouncyCastle();

  /** An entry of three bytes becomes an object in a list in a map. */
  private static final int LISTS = 128;

  @FuzzTest
  void bodies(byte[] bytes) {
    for (Axis axis : Axis.values()) {
      ParserCheck.check(
          bytes,
          b -> DecodingSymbols.parse(axis, MemorySegment.ofArray(b)),
          DecodingSymbols::toBcs,
          LISTS);
      ParserCheck.check(
          bytes,
          b -> InconsistencyProof.parseWithoutAxis(axis, b),
          InconsistencyProof::toBcsWithoutAxis,
          LISTS);
    }
    ParserCheck.check(
        bytes,
        b -> GeneralRecoverySymbol.parseAll(MemorySegment.ofArray(b)),
        GeneralRecoverySymbol::toBcs,
        LISTS);
    // The slivers are views of the body.
    ParserCheck.check(
        bytes,
        b -> ShardSlivers.parse(MemorySegment.ofArray(b.clone())),
        ShardSlivers::toBcs,
        LISTS);
  }

  @FunctionalInterface
  private interface Parser<T> {
    T parse(byte[] bytes) throws RedStuffException;
  }

  private static <T> void check(byte[] bytes, Parser<T> parser, Function<T, byte[]> writer) {
    T read;
    try {
      read = parser.parse(bytes);
    } catch (RedStuffException e) {
      return;
    }
    try {
      assertEquals(read, parser.parse(writer.apply(read)));
    } catch (RedStuffException e) {
      throw new AssertionError("read again: " + read, e);
    }
  }

  @FuzzTest
  void answers(byte[] bytes) {
    check(bytes, StoredStatus::parse, StoredStatus::toJson);
    check(bytes, BlobStatus::parse, BlobStatus::toJson);
    check(bytes, NodeError::parse, NodeError::toJson);
    check(bytes, NodeHealth::parse, NodeHealth::toJson);
    check(bytes, SignedAnswers::parseConfirmation, SignedAnswers::toJson);
    check(bytes, SignedAnswers::parseInvalid, SignedAnswers::invalidToJson);
  }

  @FuzzTest
  void committee(byte[] bytes) {
    check(bytes, b -> NetworkCommittee.parse(b, ENGINE), NetworkCommittee::toJson);
  }

  @FuzzTest
  void requests(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    for (String method : List.of("GET", "PUT", "POST")) {
      NodeRoute.match(method, text).ifPresent(match -> checkPath(text, match));
    }
    try {
      assertEquals(text, ApiHeaders.authorization(ApiHeaders.parseAuthorization(text)));
    } catch (MalformedDataException e) {
      // refused
    }
    QueryParameters query;
    try {
      query = QueryParameters.parse(text);
    } catch (MalformedDataException e) {
      return;
    }
    checkRefusals(query::isPending);
    checkRefusals(query::isDetailed);
    checkRefusals(query::registrationWait);
    checkQuery(query, RecoverySymbolsQuery::parse, RecoverySymbolsQuery::toQuery);
    checkQuery(query, DecodingSymbolsQuery::parse, DecodingSymbolsQuery::toQuery);
  }

  private static void checkPath(String path, NodeRoute.Match match) {
    NodeRoute route = match.route();
    assertEquals(path, route.path(match.values().toArray()));
    switch (route) {
      case HEALTH, SYNC_SHARD, API -> {}
      case GET_SLIVER, PUT_SLIVER, SLIVER_STATUS -> {
        checkRefusals(match::blobId);
        checkRefusals(match::pair);
        checkRefusals(match::axis);
      }
      case INCONSISTENCY_PROOF -> {
        checkRefusals(match::blobId);
        checkRefusals(match::axis);
      }
      case DELETABLE_CONFIRMATION -> {
        checkRefusals(match::blobId);
        checkRefusals(match::objectId);
      }
      default -> checkRefusals(match::blobId);
    }
  }

  @FunctionalInterface
  private interface Reading {
    Object read() throws MalformedDataException;
  }

  /** Something is read, or refused as it should be. */
  private static void checkRefusals(Reading reading) {
    try {
      assertNotNull(reading.read());
    } catch (MalformedDataException e) {
      // refused
    }
  }

  @FunctionalInterface
  private interface QueryParser<T> {
    Optional<T> parse(QueryParameters query) throws MalformedDataException;
  }

  private static <T> void checkQuery(
      QueryParameters query, QueryParser<T> parser, Function<T, String> writer) {
    Optional<T> read;
    try {
      read = parser.parse(query);
    } catch (MalformedDataException e) {
      return;
    }
    if (read.isPresent()) {
      try {
        assertEquals(read, parser.parse(QueryParameters.parse(writer.apply(read.get()))));
      } catch (MalformedDataException e) {
        throw new AssertionError("read again: " + read, e);
      }
    }
  }
}
