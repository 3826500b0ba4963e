/**
 * Others beside us, in the same runs: what they compute is not always what we compute, so each says
 * what it is. A native library that is not installed is left out, with a line saying so.
 */
package io.redstuff.bench.peer;
