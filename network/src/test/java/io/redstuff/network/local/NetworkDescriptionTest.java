package io.redstuff.network.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.error.MalformedDataException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tells other processes where a network is, and the plan that it begins with. */
class NetworkDescriptionTest {
  @Test
  void comesBack() throws Exception {
    NetworkDescription description =
        new NetworkDescription(
            NetworkDescription.VERSION,
            "0x12",
            10,
            URI.create("http://127.0.0.1:1"),
            URI.create("http://127.0.0.1:2"),
            List.of(
                new NetworkDescription.Node(
                    "node-0", "0x34", URI.create("http://127.0.0.1:3"), "56")),
            Optional.empty());
    assertEquals(description, NetworkDescription.parse(description.toJson()));
    // What a later one may say beside this does no harm.
    String more = description.toJson().replaceFirst("\\{", "{\"more\":[1],");
    assertEquals(description, NetworkDescription.parse(more));
    NetworkDescription open = description.withFrontDoor(URI.create("http://127.0.0.1:4"));
    assertEquals(open, NetworkDescription.parse(open.toJson()));
    // What an earlier one does not say is not there.
    String less = description.toJson().replaceFirst(",\\s*\"frontDoor\"[^}]*", "");
    assertFalse(less.contains("frontDoor"), less);
    assertEquals(description, NetworkDescription.parse(less));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "7",
        "[]",
        "{",
        "{\"version\":2}",
        "{\"version\":1}",
        "{\"ledger\":7}"
      })
  void refusesOtherTexts(String json) {
    assertThrows(MalformedDataException.class, () -> NetworkDescription.parse(json));
  }

  @ParameterizedTest
  @CsvSource({"0,10", "151,1000", "11,10", "1,3", "-1,10"})
  void plansThatCannotBe(int nodes, int shards) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> NetworkPlan.DEFAULT.ofSize(nodes, shards));
    assertTrue(e.getMessage().contains("got"), e.getMessage());
  }
}
