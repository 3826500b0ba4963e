/**
 * The field GF(2^16), one element at a time and, in the kernels of the engines, many. For this
 * module alone.
 */
package io.redstuff.simd.field;
