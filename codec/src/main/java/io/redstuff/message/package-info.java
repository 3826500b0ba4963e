/**
 * What storage nodes sign, byte for byte, without the signatures' mathematics.
 *
 * <p>A {@link io.redstuff.message.ProtocolMessage} is one of seven kinds; {@link
 * io.redstuff.message.SignedMessage} is one with the signature of a node, {@link
 * io.redstuff.message.Certificate} one with the sum of the signatures of several. All are read
 * strictly: another kind than the one asked for, an unknown version or application, a form that is
 * not canonical and trailing bytes are refused. That a signature is carried says nothing of its
 * being true, nor even of its bytes being a point of the curve.
 */
package io.redstuff.message;
