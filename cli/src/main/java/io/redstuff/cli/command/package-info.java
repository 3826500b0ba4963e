/** One class for each command: what it asks for, what it does with it, and what it prints. */
package io.redstuff.cli.command;
