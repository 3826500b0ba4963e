/** Fields that many wire forms have, on the codec's BCS. */
package io.redstuff.network.wire;
