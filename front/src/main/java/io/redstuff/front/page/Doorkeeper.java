package io.redstuff.front.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Keeps pages of the web out. A browser lets them send requests to this machine, under their own
 * origin, or under a name that they have pointed at it; both is seen in the headers, which they
 * cannot choose. Programs that are no browser send none of these and may do what the user may.
 */
final class Doorkeeper {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");
  private static final String SITE = "Sec-Fetch-Site";
  private static final String MODE = "Sec-Fetch-Mode";

  private final PageSettings settings;

  Doorkeeper(PageSettings settings) {
    this.settings = settings;
  }

  /** Checks that a request calls the server by one of its names. */
  void checkHost(Request request) throws RefusedException {
    List<String> hosts = request.getHeaders().getValuesList(HttpHeader.HOST);
    String uriHost = request.getHttpURI().getHost();
    if (hosts.size() != 1 || !isOurs(hosts.getFirst())) {
      throw new RefusedException(
          421, "WRONG_HOST", "host: got " + hosts + ", expected one that the server is known by");
    }
    if (uriHost != null && !isOurs(uriHost)) {
      throw new RefusedException(
          421,
          "WRONG_HOST",
          "host: got '" + uriHost + "', expected one that the server is known by");
    }
  }

  /** An address in digits is nobody else's name. */
  private boolean isOurs(String hostAndPort) {
    String host = hostAndPort.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
    return host.equals("localhost")
        || IPV4.matcher(host).matches()
        || IPV6.matcher(host).matches()
        || settings.names().contains(host);
  }

  /** Checks that no other site asks, unless it has merely led its reader here. */
  void checkReader(Request request) throws RefusedException {
    String site = request.getHeaders().get(SITE);
    boolean isForeign = site != null && !site.equals("same-origin") && !site.equals("none");
    if (isForeign && !"navigate".equals(request.getHeaders().get(MODE))) {
      throw RefusedException.forbidden("site: got a request of another one");
    }
  }

  /** Checks that a request which changes something comes from the page, or from no page at all. */
  void checkActor(Request request) throws RefusedException {
    if (!settings.control()) {
      throw RefusedException.forbidden(
          "control: got a request at an address that others reach, expected the loopback"
              + " interface");
    }
    String site = request.getHeaders().get(SITE);
    if (site != null && !site.equals("same-origin")) {
      throw RefusedException.forbidden("site: got '" + site + "', expected same-origin");
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin != null && !isSame(origin, request.getHeaders().get(HttpHeader.HOST))) {
      throw RefusedException.forbidden("origin: got one that is not the page's");
    }
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type == null || !type.replaceFirst(";.*", "").strip().equalsIgnoreCase(PageAnswer.JSON)) {
      throw new RefusedException(
          415, "WRONG_TYPE", "content type: got " + type + ", expected " + PageAnswer.JSON);
    }
  }

  private static boolean isSame(String origin, String host) {
    try {
      URI uri = new URI(origin);
      return "http".equals(uri.getScheme()) && host.equalsIgnoreCase(uri.getRawAuthority());
    } catch (URISyntaxException _) {
      return false; // "null" is a URI, and has no scheme
    }
  }
}
