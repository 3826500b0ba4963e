package io.redstuff.daemon.api;

import io.redstuff.BlobId;
import io.redstuff.quilt.QuiltPatch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The files of a quilt, as they are listed, and as they are told of when it was stored. */
public final class PatchList {
  private PatchList() {}

  /**
   * Lists the files of a quilt: {@code [{"identifier","patch_id","tags"}]}.
   *
   * @param quilt the quilt
   * @param patches its files
   * @return the list in JSON, UTF-8
   */
  public static byte[] toJson(BlobId quilt, List<QuiltPatch> patches) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (QuiltPatch patch : patches) {
      ObjectNode item = list.addObject();
      item.put("identifier", patch.identifier()).put("patch_id", patch.id(quilt).toString());
      ObjectNode tags = item.putObject("tags");
      Map<String, String> sorted = new TreeMap<>(patch.tags());
      sorted.forEach(tags::put);
    }
    return Json.write(list);
  }

  /**
   * Tells of a quilt that was stored: {@code {"blobStoreResult","storedQuiltBlobs"}}.
   *
   * @param outcome what came of it
   * @param patches its files
   * @return the answer in JSON, UTF-8
   */
  public static byte[] toJson(StoreOutcome outcome, List<QuiltPatch> patches) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("blobStoreResult", outcome.toJson());
    ArrayNode list = root.putArray("storedQuiltBlobs");
    for (QuiltPatch patch : patches) {
      ObjectNode item = list.addObject();
      item.put("identifier", patch.identifier());
      item.put("quiltPatchId", patch.id(outcome.blobId()).toString());
      item.putArray("range").add(patch.startIndex()).add(patch.endIndex());
    }
    return Json.write(root);
  }
}
