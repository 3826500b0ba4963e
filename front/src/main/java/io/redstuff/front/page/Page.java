package io.redstuff.front.page;

import io.redstuff.SuiAddress;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.chain.BlobRegistry;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkDescription;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.jetty.server.Handler;

/**
 * The page to look through: what a network has, what happens in it, and what can be done to it. It
 * answers at {@code /} and below {@code /page/}; blobs it stores and reads like any client, at the
 * routes of publisher and aggregator.
 */
public final class Page implements AutoCloseable {
  /** How much of what has happened is kept for those who come later. */
  private static final int MOST_NEWS = 500;

  private final News news;
  private final NetworkWatch watch;
  private final Matrices matrices;
  private final NetworkAudit audit;
  private final Handler handler;

  private Page(
      News news, NetworkWatch watch, Matrices matrices, NetworkAudit audit, Handler handler) {
    this.news = news;
    this.watch = watch;
    this.matrices = matrices;
    this.audit = audit;
    this.handler = handler;
  }

  /**
   * Makes the page of a network, and begins to watch that.
   *
   * @param network the network; stays open
   * @param client reads from it; stays open
   * @param registry its ledger
   * @param account the account that stores
   * @param settings whom the page serves
   * @return the page; close it before the network
   * @throws IOException if the network does not say what it has
   */
  public static Page open(
      LocalNetwork network,
      WalrusClient client,
      BlobRegistry registry,
      SuiAddress account,
      PageSettings settings)
      throws IOException {
    List<NetworkDescription.Node> described = network.description().nodes();
    News news = new News(MOST_NEWS);
    NodeStates states = new NodeStates(network);
    BlobIndex blobs = new BlobIndex(network.ledger());
    Losses losses = new Losses();
    Matrices matrices = new Matrices(client, registry, described, blobs, losses);
    NetworkAudit audit = new NetworkAudit(registry, described);
    NetworkReader reader = new NetworkReader(network, states, blobs, account, settings.control());
    NetworkWatch watch =
        new NetworkWatch(network, states, blobs, news, reader, matrices, InstantSource.system());
    NetworkActions actions =
        new NetworkActions(network, states, blobs, losses, matrices, audit, watch, news);
    PageApi api = new PageApi(reader, blobs, matrices, new QuiltProbe(client), actions);
    Handler handler =
        new PageHandler(new Doorkeeper(settings), new PageFiles(), api, new NewsStream(news));
    Page page = new Page(news, watch, matrices, audit, handler);
    watch.start();
    return page;
  }

  /** {@return what answers} */
  public Handler handler() {
    return handler;
  }

  /** Lets all readers go, and watches no more. */
  @Override
  public void close() {
    news.close();
    watch.close();
    audit.close();
    matrices.close();
  }
}
