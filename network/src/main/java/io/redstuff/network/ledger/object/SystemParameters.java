package io.redstuff.network.ledger.object;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.ledger.transaction.GovernedParameter;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * The parameters that nodes can vote on.
 *
 * @param epochDuration how long an epoch lasts at least, in milliseconds
 * @param maxEpochsAhead for how many epochs ahead storage can be bought, at most 1000
 * @param burnRate what share of the rewards of an epoch is burnt, in basis points
 * @since 0.1.0
 */
public record SystemParameters(long epochDuration, long maxEpochsAhead, long burnRate) {

  /** Those of Mainnet: two weeks, 53 epochs, 3 percent. */
  public static final SystemParameters MAINNET =
      new SystemParameters(Duration.ofDays(14).toMillis(), 53, 300);

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if one is none that can be voted for
   */
  public SystemParameters {
    check(GovernedParameter.EPOCH_DURATION, epochDuration);
    check(GovernedParameter.MAX_EPOCHS_AHEAD, maxEpochsAhead);
    check(GovernedParameter.BURN_RATE, burnRate);
  }

  private static void check(GovernedParameter parameter, long value) {
    if (!parameter.allows(value)) {
      throw new IllegalArgumentException(
          "%s: got %s, expected %s".formatted(parameter, value, parameter.range()));
    }
  }

  /**
   * Returns these with one changed.
   *
   * @param parameter which
   * @param value its value
   * @return the parameters
   * @throws IllegalArgumentException if the parameter cannot have it
   */
  public SystemParameters with(GovernedParameter parameter, long value) {
    return switch (parameter) {
      case EPOCH_DURATION -> new SystemParameters(value, maxEpochsAhead, burnRate);
      case MAX_EPOCHS_AHEAD -> new SystemParameters(epochDuration, value, burnRate);
      case BURN_RATE -> new SystemParameters(epochDuration, maxEpochsAhead, value);
    };
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return what it encodes
   * @throws MalformedDataException if it is not canonical BCS of one
   */
  public static SystemParameters parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), "system parameters", SystemParameters::read);
  }

  private static SystemParameters read(BcsReader in) throws MalformedDataException {
    long start = in.position();
    try {
      return new SystemParameters(
          in.u63("epoch duration"), in.u63("max epochs ahead"), in.u63("burn rate"));
    } catch (IllegalArgumentException e) {
      throw new MalformedDataException(start, e.getMessage());
    }
  }

  /** {@return the wire form: three u64} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(this::write);
  }

  private void write(BcsWriter out) {
    out.u64(epochDuration).u64(maxEpochsAhead).u64(burnRate);
  }
}
