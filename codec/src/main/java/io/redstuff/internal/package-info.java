/**
 * How the codec works inside: the message matrix and its transforms, hashing of whole axes, and the
 * BCS writer and reader.
 *
 * <p>Not exported and without promises: anything may change from one version to the next. Memory is
 * native throughout, lengths and offsets are {@code long}; the public classes adapt what they were
 * given before they call here.
 */
package io.redstuff.internal;
