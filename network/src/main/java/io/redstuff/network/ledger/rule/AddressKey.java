package io.redstuff.network.ledger.rule;

import io.redstuff.SuiAddress;
import java.util.Arrays;

/**
 * An address as the key of a table, which is in order.
 *
 * @param address the address
 */
record AddressKey(SuiAddress address) implements Comparable<AddressKey> {
  static AddressKey of(byte[] bytes) {
    return new AddressKey(SuiAddress.of(bytes));
  }

  byte[] toBytes() {
    return address.toBytes();
  }

  @Override
  public int compareTo(AddressKey other) {
    return Arrays.compareUnsigned(toBytes(), other.toBytes());
  }
}
