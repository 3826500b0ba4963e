/**
 * What the command reads and writes beside slivers: operands, results, drafts of results; and how
 * it ends when one of them cannot be had.
 */
package io.redstuff.cli.io;
