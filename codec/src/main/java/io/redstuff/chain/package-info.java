/**
 * What stands on the Sui chain about blobs, as bytes and numbers: arguments of calls, objects,
 * events, prices, and how shards are dealt out.
 *
 * <p>Nothing here speaks to a chain. {@link io.redstuff.chain.SystemCalls} says what to send,
 * {@link io.redstuff.chain.BlobObject} and {@link io.redstuff.chain.ChainEvent} read what came
 * back, {@link io.redstuff.chain.BlobHistory} tells from it whether a blob is available, and {@link
 * io.redstuff.chain.Prices} what it costs. Amounts are exact integers; one that does not fit is an
 * {@link io.redstuff.chain.AmountOverflowException}.
 */
package io.redstuff.chain;
