/** A local network behind one address. */
package io.redstuff.front;
