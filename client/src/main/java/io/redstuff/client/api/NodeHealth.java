package io.redstuff.client.api;

import io.redstuff.ShardIndex;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.Unsigned;
import io.redstuff.internal.json.JsonFields;
import io.redstuff.message.PublicKeyBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a node says it is.
 *
 * @param uptime since when it runs
 * @param epoch the epoch that it is in, from 0 to 2^32 - 1
 * @param publicKey with which it signs
 * @param nodeStatus a word, such as {@code Active}
 * @param events how far it has followed the chain
 * @param shards its shards, counted
 * @param detail its shards one by one, if that was asked for
 * @since 0.1.0
 */
public record NodeHealth(
    Duration uptime,
    long epoch,
    PublicKeyBytes publicKey,
    String nodeStatus,
    EventProgress events,
    ShardSummary shards,
    Optional<ShardDetail> detail) {
  private static final long MAX_U32 = 0xffff_ffffL;
  private static final int MAX_U16 = 0xffff;

  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if the epoch does not fit 32 bits, or the time is negative
   */
  public NodeHealth {
    if (uptime.isNegative()) {
      throw new IllegalArgumentException("uptime: got %s, expected 0 or more".formatted(uptime));
    }
    Unsigned.check32("epoch", epoch);
    Objects.requireNonNull(publicKey, "publicKey");
    Objects.requireNonNull(nodeStatus, "nodeStatus");
    Objects.requireNonNull(events, "events");
    Objects.requireNonNull(shards, "shards");
    Objects.requireNonNull(detail, "detail");
  }

  /**
   * How far a node has followed the chain.
   *
   * @param persisted how many events it has dealt with
   * @param pending how many it knows of beyond
   * @param highestFinished the highest one it is done with, if any
   */
  public record EventProgress(long persisted, long pending, OptionalLong highestFinished) {
    /**
     * Checks that it is there.
     *
     * @throws NullPointerException if it is null
     */
    public EventProgress {
      Objects.requireNonNull(highestFinished, "highestFinished");
    }
  }

  /**
   * How many shards are in which state.
   *
   * @param owned the shards of the node in this epoch
   * @param unknown those of them in no known state
   * @param ready those of them that are up to date
   * @param inTransfer those of them that are being fetched
   * @param inRecovery those of them that are being restored
   * @param readOnly shards of other nodes that this one still has
   */
  public record ShardSummary(
      int owned, int unknown, int ready, int inTransfer, int inRecovery, int readOnly) {}

  /**
   * The shards one by one.
   *
   * @param owned those of the node in this epoch
   * @param other those of other nodes that this one still has
   */
  public record ShardDetail(List<ShardHealth> owned, List<ShardHealth> other) {
    /**
     * Copies the lists.
     *
     * @throws NullPointerException if something is null
     */
    public ShardDetail {
      owned = List.copyOf(owned);
      other = List.copyOf(other);
    }
  }

  /**
   * The state of a shard.
   *
   * @param shard which shard
   * @param status its state
   */
  public record ShardHealth(ShardIndex shard, ShardStatus status) {
    /**
     * Checks that both are there.
     *
     * @throws NullPointerException if one is null
     */
    public ShardHealth {
      Objects.requireNonNull(shard, "shard");
      Objects.requireNonNull(status, "status");
    }
  }

  /** In which state a shard is. */
  public enum ShardStatus {
    /** It is not known. */
    UNKNOWN("unknown"),
    /** Up to date. */
    READY("ready"),
    /** It is being fetched from the node that had it. */
    IN_TRANSFER("inTransfer"),
    /** It is being restored from other shards. */
    IN_RECOVERY("inRecovery"),
    /** It is another node's now. */
    READ_ONLY("readOnly");

    private final String text;

    ShardStatus(String text) {
      this.text = text;
    }

    private static ShardStatus ofText(String text) throws MalformedDataException {
      return Arrays.stream(values())
          .filter(status -> status.text.equals(text))
          .findFirst()
          .orElseThrow(() -> ApiText.wrong("shard status", text, Arrays.toString(values())));
    }

    /** {@return the word for it in JSON} */
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Reads an answer in JSON.
   *
   * @param json all of it, UTF-8
   * @return what it says
   * @throws MalformedDataException if it is no such answer
   */
  public static NodeHealth parse(byte[] json) throws MalformedDataException {
    JsonFields data = Envelope.unwrap(json).inner(Envelope.DATA);
    JsonFields uptime = data.inner("uptime");
    JsonFields events = data.inner("eventProgress");
    JsonFields summary = data.inner("shardSummary");
    JsonFields owned = summary.inner("ownedShardStatus");
    Optional<JsonFields> detail = data.object("shardDetail");
    return new NodeHealth(
        Duration.ofSeconds(uptime.number("secs", MAX_U32), uptime.number("nanos", 999_999_999)),
        data.number("epoch", MAX_U32),
        PublicKeyBytes.of(data.base64("publicKey", PublicKeyBytes.BYTES)),
        data.text("nodeStatus", text -> text),
        new EventProgress(
            events.number("persisted", Long.MAX_VALUE),
            events.number("pending", Long.MAX_VALUE),
            events.optionalNumber("highestFinishedEventIndex", Long.MAX_VALUE)),
        new ShardSummary(
            (int) summary.number("owned", MAX_U16),
            (int) owned.number("unknown", MAX_U16),
            (int) owned.number("ready", MAX_U16),
            (int) owned.number("inTransfer", MAX_U16),
            (int) owned.number("inRecovery", MAX_U16),
            (int) summary.number("readOnly", MAX_U16)),
        detail.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new ShardDetail(list(detail.get(), "owned"), list(detail.get(), "other"))));
  }

  private static List<ShardHealth> list(JsonFields detail, String name)
      throws MalformedDataException {
    List<ShardHealth> list = new ArrayList<>();
    for (JsonFields one : detail.objects(name)) {
      ShardIndex shard = ShardIndex.of((int) one.number("shard", MAX_U16));
      list.add(new ShardHealth(shard, one.text("status", ShardStatus::ofText)));
    }
    return list;
  }

  /** {@return the answer in JSON, UTF-8} */
  public byte[] toJson() {
    return Envelope.wrapObject(this::write);
  }

  private void write(ObjectNode data) {
    data.putObject("uptime").put("secs", uptime.getSeconds()).put("nanos", uptime.getNano());
    data.put("epoch", epoch)
        .put("publicKey", Base64.getEncoder().encodeToString(publicKey.toBytes()))
        .put("nodeStatus", nodeStatus);
    ObjectNode progress = data.putObject("eventProgress");
    progress.put("persisted", events.persisted()).put("pending", events.pending());
    events
        .highestFinished()
        .ifPresentOrElse(
            index -> progress.put("highestFinishedEventIndex", index),
            () -> progress.putNull("highestFinishedEventIndex"));
    ObjectNode summary = data.putObject("shardSummary").put("owned", shards.owned());
    summary
        .putObject("ownedShardStatus")
        .put("unknown", shards.unknown())
        .put("ready", shards.ready())
        .put("inTransfer", shards.inTransfer())
        .put("inRecovery", shards.inRecovery());
    summary.put("readOnly", shards.readOnly());
    detail.ifPresent(
        each -> {
          ObjectNode object = data.putObject("shardDetail");
          write(each.owned(), object.putArray("owned"));
          write(each.other(), object.putArray("other"));
        });
  }

  private static void write(List<ShardHealth> shards, ArrayNode array) {
    for (ShardHealth one : shards) {
      array.addObject().put("shard", one.shard().value()).put("status", one.status().toString());
    }
  }
}
