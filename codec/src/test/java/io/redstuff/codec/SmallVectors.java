package io.redstuff.codec;

import static io.redstuff.JsonVectors.hex;

import io.redstuff.EncodingParameters;
import io.redstuff.JsonVectors;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The six whole encodings of the official encoder in {@code small.json}. */
public final class SmallVectors {

  /**
   * One encoding.
   *
   * @param n the number of shards
   * @param length the length of the blob in bytes
   * @param symbolSize the symbol size in bytes
   * @param blob the blob
   * @param blobId the bytes of its id
   * @param root the metadata root
   * @param hashes primary and secondary hash of each pair, one after another
   * @param primaries the BCS sliver data of the primary slivers, by pair
   * @param secondaries the BCS sliver data of the secondary slivers, by pair
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  public record Encoding(
      int n,
      int length,
      int symbolSize,
      byte[] blob,
      byte[] blobId,
      byte[] root,
      byte[] hashes,
      List<byte[]> primaries,
      List<byte[]> secondaries) {

    /** Returns the encoding parameters. */
    public EncodingParameters parameters() {
      return EncodingParameters.forShards(n);
    }

    @Override
    public String toString() {
      return "n=" + n + " length=" + length;
    }
  }

  private SmallVectors() {}

  /** Returns all encodings. */
  public static List<Encoding> all() {
    List<Encoding> encodings = new ArrayList<>();
    for (JsonNode row : JsonVectors.read("small.json")) {
      List<byte[]> primaries = new ArrayList<>();
      List<byte[]> secondaries = new ArrayList<>();
      for (JsonNode pair : row.get("pairs")) {
        primaries.add(hex(pair, "primaryBcs"));
        secondaries.add(hex(pair, "secondaryBcs"));
      }
      StringBuilder hashes = new StringBuilder();
      for (JsonNode pair : row.get("hashes")) {
        hashes.append(pair.get("primary").stringValue());
        hashes.append(pair.get("secondary").stringValue());
      }
      encodings.add(
          new Encoding(
              row.get("n").intValue(),
              row.get("len").intValue(),
              row.get("symbolSize").intValue(),
              hex(row, "blob"),
              hex(row, "blobIdHex"),
              hex(row, "metadataRoot"),
              HexFormat.of().parseHex(hashes),
              primaries,
              secondaries));
    }
    return encodings;
  }

  /** Returns the smallest encoding, the one for four shards. */
  public static Encoding smallest() {
    return all().getFirst();
  }
}
