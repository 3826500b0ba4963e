/**
 * What the command shows: reports as lines and as JSON, pictures of slivers, progress, and text
 * that fits on one line.
 */
package io.redstuff.cli.show;
