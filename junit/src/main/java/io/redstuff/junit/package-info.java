/** A JUnit extension that starts a Walrus network. */
package io.redstuff.junit;
