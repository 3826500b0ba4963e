package io.redstuff.network.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.redstuff.EncodingParameters;
import io.redstuff.SuiAddress;
import io.redstuff.chain.Frost;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.ledger.object.SystemParameters;
import io.redstuff.network.ledger.transaction.ChainId;
import io.redstuff.simd.hash.Blake2b;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a ledger begins: in epoch 0, without nodes and without a committee. Nodes register, somebody
 * stakes with them, and the first epoch with a committee can begin.
 *
 * @param shards how many shards there are, at least 4 and at most 49155
 * @param maxNodes how many nodes a committee has at most, at least 1 and at most 1000
 * @param parameters the parameters at the beginning
 * @param firstEpochStart when the first epoch with a committee can begin
 * @param balances what each account has, at most 5 * 10^18 FROST together
 * @since 0.1.0
 */
public record Genesis(
    int shards,
    int maxNodes,
    SystemParameters parameters,
    Instant firstEpochStart,
    Map<SuiAddress, Frost> balances) {
  /** How many FROST there can be at most: 5 * 10^9 WAL. */
  public static final long MOST_FROST = 5_000_000_000L * Frost.PER_WAL;

  private static final int MOST_NODES = 1000;

  /**
   * With so many nodes or more, one gets a tenth of the shards at most, and there has to be one.
   */
  private static final int NODES_FOR_LIMIT = 20;

  private static final int LIMIT_DIVISOR = 10;

  private static final byte[] DOMAIN = "redstuff ledger genesis 1:".getBytes(US_ASCII);

  /**
   * Checks the numbers and takes a copy.
   *
   * @throws IllegalArgumentException if a number is out of its range, or fewer than 10 shards are
   *     to be shared out among 20 nodes or more
   */
  public Genesis {
    EncodingParameters.forShards(shards);
    if (maxNodes < 1 || maxNodes > MOST_NODES) {
      throw new IllegalArgumentException(
          "nodes: got " + maxNodes + ", expected 1 to " + MOST_NODES);
    }
    if (maxNodes >= NODES_FOR_LIMIT && shards < LIMIT_DIVISOR) {
      throw new IllegalArgumentException(
          "nodes: got %s with %s shards, expected fewer than %s or %s shards"
              .formatted(maxNodes, shards, NODES_FOR_LIMIT, LIMIT_DIVISOR));
    }
    Objects.requireNonNull(parameters, "parameters");
    Objects.requireNonNull(firstEpochStart, "firstEpochStart");
    balances = Map.copyOf(balances);
    Frost sum = sum(balances);
    if (sum.value() > MOST_FROST) {
      throw new IllegalArgumentException(
          "balances: got " + sum + ", expected at most " + MOST_FROST);
    }
  }

  private static Frost sum(Map<SuiAddress, Frost> balances) {
    return balances.values().stream().reduce(Frost.ZERO, Frost::plus);
  }

  /** {@return how many FROST there are} */
  public Frost supply() {
    return sum(balances);
  }

  /** {@return what the ledger is known by: the hash of all this} */
  public ChainId chainId() {
    Map<SuiAddress, Frost> ordered = new LinkedHashMap<>();
    balances.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.comparing(SuiAddress::toString)))
        .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    byte[] bcs =
        BcsWriter.toBytes(
            out -> {
              out.fixed(DOMAIN).u32(shards).u32(maxNodes);
              out.bytes(MemorySegment.ofArray(parameters.toBcs()));
              out.u64(firstEpochStart.toEpochMilli()).count(ordered.size());
              ordered.forEach((address, frost) -> out.fixed(address.toBytes()).u64(frost.value()));
            });
    return ChainId.of(Blake2b.hash(bcs));
  }
}
