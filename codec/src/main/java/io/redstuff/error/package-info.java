/**
 * What is thrown at bad data: {@link io.redstuff.error.RedStuffException} and its three kinds, each
 * with the numbers, got and expected.
 */
package io.redstuff.error;
