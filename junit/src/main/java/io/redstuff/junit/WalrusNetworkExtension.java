package io.redstuff.junit;

import io.redstuff.client.WalrusClient;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts the networks that {@link WalrusNetwork} asks for, and gives tests what they want of them.
 *
 * <p>A network is kept in the store of the context whose class or method has the annotation. JUnit
 * closes it with that context, whatever has failed meanwhile.
 *
 * @since 0.1.0
 */
public final class WalrusNetworkExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(WalrusNetworkExtension.class);

  /** For JUnit. */
  public WalrusNetworkExtension() {}

  /** A context, and what the annotation of its class or method says. */
  private record Scope(ExtensionContext context, WalrusNetwork wanted) {
    /** Finds the innermost one; {@return nothing if there is none} */
    static Optional<Scope> of(ExtensionContext inner) {
      Optional<ExtensionContext> context = Optional.of(inner);
      while (context.isPresent()) {
        ExtensionContext it = context.get();
        Optional<WalrusNetwork> wanted =
            it.getElement()
                .flatMap(element -> AnnotationSupport.findAnnotation(element, WalrusNetwork.class));
        if (wanted.isPresent()) {
          return Optional.of(new Scope(it, wanted.get()));
        }
        context = it.getParent();
      }
      return Optional.empty();
    }

    /** Returns the network, which is started if it is not there yet. */
    @SuppressWarnings("deprecation") // JUnit 5.13 has no other
    StartedNetwork network() {
      return context
          .getStore(NAMESPACE)
          .getOrComputeIfAbsent(
              context.getUniqueId(),
              _ -> StartedNetwork.start(context, wanted),
              StartedNetwork.class);
    }

    /** Returns the network, if it has started. */
    Optional<StartedNetwork> started() {
      return Optional.ofNullable(
          context.getStore(NAMESPACE).get(context.getUniqueId(), StartedNetwork.class));
    }
  }

  /**
   * Lets constructors have the network of their method, if it has its own.
   *
   * @param root the context of all tests
   * @return that of the method
   */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  /** Starts the network of a class. */
  @Override
  public void beforeAll(ExtensionContext context) {
    Scope.of(context).ifPresent(Scope::network);
  }

  /** Starts the network of a method. */
  @Override
  public void beforeEach(ExtensionContext context) {
    Scope.of(context).ifPresent(Scope::network);
  }

  /** Remembers failures: they may keep the directory. */
  @Override
  public void afterEach(ExtensionContext context) {
    remember(context);
  }

  /** Remembers failures: they may keep the directory. */
  @Override
  public void afterAll(ExtensionContext context) {
    remember(context);
  }

  private static void remember(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      Scope.of(context).flatMap(Scope::started).ifPresent(StartedNetwork::failed);
    }
  }

  /**
   * Returns whether a parameter is one of those that are known here.
   *
   * @param parameter the parameter
   * @param context where
   * @return true for those that {@link WalrusNetwork} names
   */
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == WalrusClient.class || type == RunningNetwork.class || isAddress(parameter);
  }

  private static boolean isAddress(ParameterContext parameter) {
    return parameter.getParameter().getType() == URI.class
        && parameter.isAnnotated(WalrusAddress.class);
  }

  /**
   * Returns the client, the address or the network.
   *
   * @param parameter what is wanted
   * @param context where
   * @return it
   * @throws ExtensionConfigurationException if there is no annotation, or the network does not
   *     start
   */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    StartedNetwork network =
        Scope.of(context)
            .orElseThrow(
                () ->
                    new ExtensionConfigurationException(
                        "%s: got no @WalrusNetwork on the method, the class or one around it"
                            .formatted(parameter.getDeclaringExecutable())))
            .network();
    Class<?> type = parameter.getParameter().getType();
    if (type == WalrusClient.class) {
      return network.running().client();
    }
    return type == URI.class ? network.running().address() : network.running();
  }
}
