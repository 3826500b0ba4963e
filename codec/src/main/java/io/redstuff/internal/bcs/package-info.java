/**
 * BCS, the canonical byte form of everything on the wire: its strict reader and its writer. And the
 * text form of ids.
 */
package io.redstuff.internal.bcs;
