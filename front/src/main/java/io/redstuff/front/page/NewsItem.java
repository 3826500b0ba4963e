package io.redstuff.front.page;

import java.util.List;

/**
 * Something that has happened.
 *
 * @param time when, as ISO 8601 has it
 * @param kind a word for programs
 * @param text a sentence for people; empty if there is nothing to tell, and only something to ask
 *     for anew
 * @param blob the blob that it is about; null if none
 * @param node the name of the node that it is about; null if none
 * @param changed what is to be asked for anew: "network", "blobs", "matrix"
 */
record NewsItem(
    String time, String kind, String text, String blob, String node, List<String> changed) {
  static final String NETWORK = "network";
  static final String BLOBS = "blobs";
  static final String MATRIX = "matrix";

  /** Returns what has no sentence. */
  static NewsItem silent(String time, String... changed) {
    return new NewsItem(time, "changed", "", null, null, List.of(changed));
  }

  static NewsItem ofNode(String time, String kind, String text, String node) {
    return new NewsItem(time, kind, text, null, node, List.of(NETWORK, MATRIX));
  }

  static NewsItem ofBlob(String time, String kind, String text, String blob) {
    return new NewsItem(time, kind, text, blob, null, List.of(NETWORK, BLOBS, MATRIX));
  }

  static NewsItem ofNetwork(String time, String kind, String text) {
    return new NewsItem(time, kind, text, null, null, List.of(NETWORK, BLOBS, MATRIX));
  }
}
