package io.redstuff.error;

import java.io.Serial;

/**
 * Data that is not as it should be: malformed, too little, or not what was committed to.
 *
 * <p>Mistakes of the calling program (an index out of bounds, a buffer of the wrong size, {@code
 * null}) are never reported this way; they throw the unchecked exceptions of the JDK.
 *
 * <p>These exceptions carry no stack trace: they are outcomes to branch on, met in the normal
 * course of reading from strangers, and a message with the numbers says more than the call path.
 *
 * @since 0.1.0
 */
public abstract sealed class RedStuffException extends Exception
    permits MalformedDataException, InsufficientDataException, VerificationException {

  @Serial private static final long serialVersionUID = 1L;

  RedStuffException(String message) {
    super(message, null, true, false);
  }
}
