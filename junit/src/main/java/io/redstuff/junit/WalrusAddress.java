package io.redstuff.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a parameter of the type {@link java.net.URI} is to be where the network of {@link
 * WalrusNetwork} is found: {@code http://127.0.0.1:PORT}, where publisher and aggregator answer.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface WalrusAddress {}
