/** BCS, the canonical byte form of everything on the wire: its strict reader and its writer. */
package io.redstuff.internal.bcs;
