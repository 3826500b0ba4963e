/**
 * A JUnit extension that starts a Walrus network: {@link io.redstuff.junit.WalrusNetwork} on a
 * class or a method asks for it, and {@link io.redstuff.junit.RunningNetwork} breaks and mends its
 * nodes.
 */
package io.redstuff.junit;
