package io.redstuff.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.fail;

import io.redstuff.BlobId;
import io.redstuff.client.StoreOptions;
import io.redstuff.client.WalrusClient;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Classes that {@link WalrusNetworkTest} runs with JUnit's own engine, and that tell it which
 * networks they were given. By themselves they are no tests.
 */
final class Lifecycles {
  /** The networks that were given to tests, in the order in which they ran. */
  static final List<RunningNetwork> GIVEN = new CopyOnWriteArrayList<>();

  private Lifecycles() {}

  @WalrusNetwork(nodes = 1, shards = 4)
  static class Shared {
    private static RunningNetwork ofAll;

    @BeforeAll
    static void beforeAll(RunningNetwork network) {
      ofAll = network;
    }

    @BeforeEach
    void beforeEach(RunningNetwork network) {
      assertSame(ofAll, network);
    }

    @Test
    void one(RunningNetwork network, WalrusClient client, @WalrusAddress URI address) {
      GIVEN.add(network);
      assertSame(network.client(), client);
      assertEquals(network.address(), address);
      assertEquals("127.0.0.1", address.getHost());
    }

    @Test
    void other(RunningNetwork network) {
      GIVEN.add(network);
    }

    @AfterAll
    static void afterAll(WalrusClient client) {
      assertSame(ofAll.client(), client);
    }
  }

  static class Inheriting extends Shared {}

  @WalrusNetwork(nodes = 1, shards = 4)
  static class Surrounding {
    @Test
    void outer(RunningNetwork network) {
      GIVEN.add(network);
    }

    @Nested
    class Inside {
      @Test
      void inner(RunningNetwork network) {
        GIVEN.add(network);
      }
    }

    @Nested
    @WalrusNetwork(nodes = 2, shards = 4)
    class OnItsOwn {
      @Test
      void inner(RunningNetwork network) {
        GIVEN.add(network);
      }
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  @WalrusNetwork(nodes = 1, shards = 4)
  static class OneInstance {
    private final RunningNetwork network;

    OneInstance(RunningNetwork network) {
      this.network = network;
    }

    @Test
    void one() {
      GIVEN.add(network);
    }

    @Test
    void other(RunningNetwork sameAgain) {
      GIVEN.add(network);
      assertSame(network, sameAgain);
    }
  }

  /** The annotation is on methods, and so each run of each has another network. */
  static class OnMethods {
    private final RunningNetwork ofConstructor;

    OnMethods(RunningNetwork network) {
      ofConstructor = network;
    }

    @Test
    @WalrusNetwork(nodes = 1, shards = 4)
    void one(RunningNetwork network) {
      GIVEN.add(network);
      assertSame(ofConstructor, network);
    }

    @RepeatedTest(2)
    @WalrusNetwork(nodes = 1, shards = 4)
    void repeated(RunningNetwork network) {
      GIVEN.add(network);
    }
  }

  /** Each class of those that run at a time has its network, whose tests run at a time, too. */
  @WalrusNetwork(nodes = 1, shards = 4)
  static class AtATime {
    @RepeatedTest(8)
    void store(WalrusClient client, RunningNetwork network) throws Exception {
      GIVEN.add(network);
      BlobId blob = client.store(new byte[] {1, 2, 3}, new StoreOptions(1, true)).blobId();
      assertNotNull(client.read(blob));
    }
  }

  static class AlsoAtATime extends AtATime {}

  @WalrusNetwork(nodes = 1, shards = 4)
  static class Failing {
    @Test
    void fails(RunningNetwork network) {
      GIVEN.add(network);
      fail("as it should");
    }
  }

  @WalrusNetwork(nodes = 1, shards = 4, keepOnFailure = true)
  static class FailingAndKept extends Failing {}

  @WalrusNetwork(nodes = 1, shards = 4)
  static class FailingAtTheEnd {
    @Test
    void succeeds(RunningNetwork network) {
      GIVEN.add(network);
    }

    @AfterAll
    static void afterAll() {
      fail("as it should");
    }
  }

  @WalrusNetwork(nodes = 5, shards = 4)
  static class TooManyNodes {
    @Test
    void isNotReached() {
      fail("there is no such network");
    }
  }

  /** Interrupts the thread that would start the network. */
  static final class Interrupting implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      Thread.currentThread().interrupt();
    }
  }

  @ExtendWith(Interrupting.class)
  @WalrusNetwork(nodes = 1, shards = 4)
  static class Interrupted {
    @Test
    void isNotReached() {
      fail("the network was not to start");
    }
  }

  @ExtendWith(WalrusNetworkExtension.class)
  static class WithoutAnnotation {
    @Test
    void isNotReached(RunningNetwork network) {
      fail("got " + network);
    }
  }

  @WalrusNetwork(nodes = 1, shards = 4)
  static class BareUri {
    @Test
    void isNotReached(URI address) {
      fail("got " + address);
    }
  }

  @Retention(RetentionPolicy.RUNTIME)
  @WalrusNetwork(nodes = 1, shards = 4)
  @interface SmallNetwork {}

  @SmallNetwork
  static class Composed {
    @Test
    void one(RunningNetwork network) {
      GIVEN.add(network);
    }
  }
}
