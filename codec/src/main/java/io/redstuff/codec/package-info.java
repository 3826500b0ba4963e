/**
 * Encodes blobs to slivers and gets them back. {@link io.redstuff.codec.RedStuff} is the entry; the
 * others are its workers and what they give.
 *
 * <p>A mistake of the caller's throws the JDK's unchecked exceptions. Whoever uses a worker, or
 * memory, on a thread that its arena is not for gets a {@link WrongThreadException}; whoever uses
 * it when the arena is closed, or being closed by another thread, gets an {@link
 * IllegalStateException}.
 *
 * <p>A mapped file must not be shortened while it is read: what the JVM does then is unspecified,
 * and with vector instructions it may end.
 */
package io.redstuff.codec;
