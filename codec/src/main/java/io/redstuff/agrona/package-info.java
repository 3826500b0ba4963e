/**
 * Takes buffers of <a href="https://github.com/aeron-io/agrona">Agrona</a> where the codec takes
 * memory segments, without copying.
 *
 * <p>Agrona is an optional dependency, and this package the only one that names it. It touches only
 * the interfaces of Agrona's buffers, which needs no JVM flag.
 */
package io.redstuff.agrona;
