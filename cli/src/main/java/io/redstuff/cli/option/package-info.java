/** Options and operands that several commands have, and how their values are read. */
package io.redstuff.cli.option;
