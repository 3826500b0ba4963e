/**
 * The n x n matrix that a blob fills: its encoding, hashing and trees, and its decoding.
 *
 * <p>Not exported and without promises: anything may change from one version to the next. Memory is
 * native throughout, lengths and offsets are {@code long}; the public classes adapt what they were
 * given before they call here.
 */
package io.redstuff.internal.matrix;
