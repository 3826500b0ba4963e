/** The commands that seal and open, and what makes and reads the keys for them. */
package io.redstuff.cli.seal;
