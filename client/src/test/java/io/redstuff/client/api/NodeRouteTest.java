package io.redstuff.client.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.SliverPairIndex;
import io.redstuff.error.MalformedDataException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeRouteTest {
  private static final String ID = "Cmh2LQEGJwBYfmIC8duzK8FUE2UipCCrshAYjiUheZM";
  private static final String OBJECT =
      "0x00000000000000000000000000000000000000000000000000000000000000aB";

  /** As the official clients write them. */
  @ParameterizedTest
  @CsvSource({
    "GET, /v1/blobs/ID/metadata, GET_METADATA",
    "PUT, /v1/blobs/ID/metadata, PUT_METADATA",
    "GET, /v1/blobs/ID/metadata/status, METADATA_STATUS",
    "GET, /v1/blobs/ID/slivers/7/primary, GET_SLIVER",
    "PUT, /v1/blobs/ID/slivers/7/primary, PUT_SLIVER",
    "GET, /v1/blobs/ID/slivers/7/primary/status, SLIVER_STATUS",
    "GET, /v1/blobs/ID/confirmation/permanent, PERMANENT_CONFIRMATION",
    "GET, /v1/blobs/ID/confirmation/deletable/OBJECT, DELETABLE_CONFIRMATION",
    "GET, /v1/blobs/ID/recoverySymbols, RECOVERY_SYMBOLS",
    "GET, /v1/blobs/ID/decodingSymbols, DECODING_SYMBOLS",
    "POST, /v1/blobs/ID/inconsistencyProof/primary, INCONSISTENCY_PROOF",
    "GET, /v1/blobs/ID/status, BLOB_STATUS",
    "GET, /v1/health, HEALTH",
    "POST, /v1/migrate/sync_shard, SYNC_SHARD",
    "GET, /v1/api, API",
  })
  void requestsFindTheirRoute(String method, String path, NodeRoute route) {
    String real = path.replace("ID", ID).replace("OBJECT", OBJECT);
    NodeRoute.Match match = NodeRoute.match(method, real).orElseThrow();
    assertEquals(route, match.route());
    assertEquals(method, route.method());
    assertEquals(real, route.path(match.values().toArray()));
  }

  @Test
  void valuesAreParsed() throws MalformedDataException {
    NodeRoute.Match sliver =
        NodeRoute.match("GET", "/v1/blobs/" + ID + "/slivers/999/secondary").orElseThrow();
    assertEquals(BlobId.parse(ID), sliver.blobId());
    assertEquals(SliverPairIndex.of(999), sliver.pair());
    assertEquals(Axis.SECONDARY, sliver.axis());
    assertEquals(
        ObjectId.parse(OBJECT.toLowerCase(java.util.Locale.ROOT)),
        NodeRoute.match("GET", "/v1/blobs/" + ID + "/confirmation/deletable/" + OBJECT)
            .orElseThrow()
            .objectId());
    assertThrows(IndexOutOfBoundsException.class, sliver::objectId);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "65536",
        "-1",
        "+1",
        "01",
        "1.0",
        "",
        "1234567890123456789",
        "x",
        "one hundred and twenty"
      })
  void pairsThatAreNoneAreRefused(String pair) {
    NodeRoute.Match match =
        NodeRoute.match("GET", "/v1/blobs/x/slivers/" + pair + "/tertiary").orElseThrow();
    assertThrows(MalformedDataException.class, match::pair);
    assertThrows(MalformedDataException.class, match::blobId);
    assertThrows(MalformedDataException.class, match::axis);
  }

  @Test
  void otherPathsHaveNoRoute() {
    assertEquals(List.of("GET", "PUT"), NodeRoute.methods("/v1/blobs/x/metadata"));
    for (String path : List.of("/", "", "/v1", "/v1/health/", "/v2/health", "/v1/blobs/x/y")) {
      assertEquals(List.of(), NodeRoute.methods(path), path);
    }
    assertTrue(NodeRoute.match("DELETE", "/v1/health").isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void valuesMustBeAsManyAsNames(NodeRoute route) {
    assertThrows(IllegalArgumentException.class, () -> route.path(1, 2, 3, 4));
    assertTrue(route.template().startsWith("/v1/"));
  }
}
