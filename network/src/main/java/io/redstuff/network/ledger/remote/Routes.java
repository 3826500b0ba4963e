package io.redstuff.network.ledger.remote;

/** The words in the addresses of what a ledger can be asked. */
final class Routes {
  static final String VERSION = "v1";

  static final String CHAIN = "chain";
  static final String SYSTEM = "system";
  static final String SUPPLY = "supply";
  static final String NODES = "nodes";
  static final String EVENTS = "events";
  static final String TRANSACTIONS = "transactions";
  static final String OBJECTS = "objects";
  static final String COMMITTEES = "committees";
  static final String BLOBS = "blobs";
  static final String ACCOUNTS = "accounts";
  static final String SEQUENCE = "sequence";
  static final String BALANCE = "balance";

  static final String FROM = "from";
  static final String MOST = "most";
  static final String WAIT_MILLIS = "wait_millis";

  private Routes() {}
}
