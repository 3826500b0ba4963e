/** The commands that work with signatures: {@code key}, {@code confirm}, {@code certify}. */
package io.redstuff.cli.certify;
