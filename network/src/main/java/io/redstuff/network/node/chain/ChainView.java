package io.redstuff.network.node.chain;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.network.ledger.BlobState;
import io.redstuff.network.ledger.Ledger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The ledger as a node sees it: its duties as of the last epoch that it has heard of, and the state
 * of blobs. A blob that was seen to be registered is not asked about again until an event says that
 * something has changed; one that was not is asked about each time.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ChainView {
  private static final int MOST_BLOBS = 10_000;

  private final Ledger ledger;
  private final ObjectId node;
  private final EncodingParameters parameters;
  private volatile Duties duties;

  /** Blobs that are registered and neither invalid nor denied; guarded by itself. */
  private final Map<BlobId, BlobState> live =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BlobId, BlobState> eldest) {
          return size() > MOST_BLOBS;
        }
      };

  private final Changes changes = new Changes();

  /**
   * Looks at a ledger.
   *
   * @param ledger the ledger
   * @param node who looks
   */
  public ChainView(Ledger ledger, ObjectId node) {
    this.ledger = Objects.requireNonNull(ledger, "ledger");
    this.node = Objects.requireNonNull(node, "node");
    var system = ledger.system();
    this.parameters = EncodingParameters.forShards(system.shards());
    this.duties = Duties.of(node, system);
  }

  /** {@return the ledger itself} */
  public Ledger ledger() {
    return ledger;
  }

  /** {@return this node} */
  public ObjectId node() {
    return node;
  }

  /** {@return the shape of all encodings of this network} */
  public EncodingParameters parameters() {
    return parameters;
  }

  /** {@return what the node has to do, as of the last {@link #refresh}} */
  public Duties duties() {
    return duties;
  }

  /**
   * Asks the ledger for the duties, and forgets what was known of blobs.
   *
   * @return the duties
   */
  public Duties refresh() {
    Duties now = Duties.of(node, ledger.system());
    duties = now;
    synchronized (live) {
      live.clear();
      changes.tell();
    }
    return now;
  }

  /**
   * Forgets what was known of a blob, and wakes who waits for a change.
   *
   * @param blob the blob
   */
  public void forget(BlobId blob) {
    synchronized (live) {
      live.remove(blob);
      changes.tell();
    }
  }

  /**
   * Returns the state of a blob.
   *
   * @param blob the blob
   * @return what is known
   */
  public BlobState blob(BlobId blob) {
    long seen;
    synchronized (live) {
      BlobState known = live.get(blob);
      if (known != null) {
        return known;
      }
      seen = changes.count();
    }
    BlobState state = ledger.blob(blob);
    if (isLive(state)) {
      synchronized (live) {
        if (changes.count() == seen) { // else it may be older than the change
          live.put(blob, state);
        }
      }
    }
    return state;
  }

  /**
   * Returns whether a blob is to be kept: paid for, whether certified or not, and neither invalid
   * nor denied.
   *
   * @param state the blob's state
   * @return true if it is
   */
  public static boolean isLive(BlobState state) {
    return state.invalidEpoch().isEmpty()
        && state.deniedEpoch().isEmpty()
        && !state.live().isEmpty();
  }

  /**
   * Waits until the ledger says something of a blob.
   *
   * @param blob the blob
   * @param wanted what it is to say; tried at once, and again at each change that is heard of
   * @param most how long to wait
   * @return the state, if it was as wanted in time
   * @throws InterruptedException if the thread was interrupted
   */
  public Optional<BlobState> await(BlobId blob, Predicate<BlobState> wanted, Duration most)
      throws InterruptedException {
    return changes.await(() -> Optional.of(ledger.blob(blob)).filter(wanted), most);
  }
}
