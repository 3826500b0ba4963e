/**
 * The {@code redstuff} command: blob ids, encoding a file into slivers, checking and healing them,
 * getting the file back, and proofs about them.
 *
 * <p>{@link io.redstuff.cli.Main} parses and maps failures to exit codes; one class per command
 * says what it does; {@code SliverDirectory} knows how an encoded blob lies on disk, and {@code
 * AtomicFile} is the only way a file gets there. No class here knows how a blob is encoded.
 */
package io.redstuff.cli;
