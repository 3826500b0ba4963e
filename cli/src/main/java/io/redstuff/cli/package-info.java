/**
 * The {@code redstuff} command. {@link io.redstuff.cli.Main} runs it and maps failures to exit
 * codes, {@code Commands} takes the command line apart.
 *
 * <p>Each room uses those after it: {@code command}, {@code option}, {@code io}, {@code show}. No
 * class here knows how a blob is encoded or how slivers are kept.
 */
package io.redstuff.cli;
