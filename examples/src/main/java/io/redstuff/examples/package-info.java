/**
 * Short programs that show what the libraries are for, each in one class. What they do with files
 * and nodes is as simple as can be, so that what is left is how Redstuff is called.
 */
package io.redstuff.examples;
