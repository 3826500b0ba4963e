/**
 * The forms in JSON of committees, confirmations and certificates: those that nodes and relays of
 * the network send, and one of our own for a committee, of which there is none. And the one in
 * which servers of drand answer.
 *
 * <p>What is read is checked like everything else: a name that comes twice, a number out of range,
 * base64 that is not canonical and trailing text are refused. Names that are not known are passed
 * over, as the network adds some from time to time.
 */
package io.redstuff.certify.json;
