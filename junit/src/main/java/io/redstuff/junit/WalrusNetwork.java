package io.redstuff.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives tests a Walrus network of their own, in their JVM: storage nodes, a ledger, publisher and
 * aggregator, on ports of the loopback interface that are free, in a directory that is deleted
 * afterwards.
 *
 * <p>On a class, all of its tests share the network, those of nested classes too; on a method, or
 * on a nested class, there is another one just for that. A test that is repeated, or that has
 * parameters, has one for each time if the annotation is on the method. The network is started
 * before the first method that could use it and closed after the last.
 *
 * <p>Constructors and methods of tests may have parameters of these types: {@link
 * io.redstuff.client.WalrusClient}, {@link RunningNetwork}, and {@link java.net.URI} with {@link
 * WalrusAddress}. Nothing of it may be closed by a test.
 *
 * <p>Nothing is forced to the disk: what is stored there is for the time of the tests.
 *
 * @since 0.1.0
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@ExtendWith(WalrusNetworkExtension.class)
public @interface WalrusNetwork {
  /**
   * The configuration parameter of JUnit, or system property, by which directories are kept:
   * {@value}. If it is {@code true}, those of failed tests are, wherever the annotation is.
   */
  String KEEP = "redstuff.junit.keep";

  /**
   * The configuration parameter of JUnit, or system property, that says below which directory those
   * of networks are made: {@value}. It is made if it is not there. Without it they are where Java
   * has its temporary files.
   */
  String DIRECTORY = "redstuff.junit.directory";

  /** {@return how many nodes there are} */
  int nodes() default 4;

  /** {@return how many shards they share; 4 at least, and one for each node} */
  int shards() default 10;

  /**
   * {@return whether the network's directory, with ledger and nodes, is kept if a test has failed;
   * the log says where it is}
   */
  boolean keepOnFailure() default false;
}
