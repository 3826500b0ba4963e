package io.redstuff.client.api;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.error.MalformedDataException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which slivers a node is asked for symbols of, without proofs.
 *
 * @param axis the kind of slivers
 * @param targets their indices, one or more, from 0 to 65535; sorted and each once
 * @since 0.1.0
 */
public record DecodingSymbolsQuery(Axis axis, List<Integer> targets) {
  private static final String TARGETS = "targetSlivers";
  private static final String TYPE = "targetType";

  /**
   * Sorts the targets.
   *
   * @throws IllegalArgumentException if there is none
   * @throws IndexOutOfBoundsException if one does not fit 16 bits
   */
  public DecodingSymbolsQuery {
    Objects.requireNonNull(axis, "axis");
    targets = List.copyOf(new TreeSet<>(targets));
    for (int target : targets) {
      SliverId.primary(target);
    }
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("target slivers: got none, expected one or more");
    }
  }

  /** {@return the query as it stands in a request} */
  public String toQuery() {
    return targets.stream()
        .map(target -> TARGETS + "=" + target)
        .collect(Collectors.joining("&", "", "&" + TYPE + "=" + axis));
  }

  /**
   * Reads a query.
   *
   * @param query the query of a request
   * @return what it asks for; nothing if it names no target
   * @throws MalformedDataException if it is none
   */
  public static Optional<DecodingSymbolsQuery> parse(QueryParameters query)
      throws MalformedDataException {
    Optional<String> type = query.one(TYPE);
    if (type.isEmpty()) {
      throw new MalformedDataException(0, "query: got no " + TYPE + ", expected one");
    }
    Axis axis = ApiText.axis(TYPE, type.get());
    TreeSet<Integer> targets = new TreeSet<>();
    for (String target : query.all(TARGETS)) {
      targets.add(ApiText.u16(TARGETS, target));
    }
    return targets.isEmpty()
        ? Optional.empty()
        : Optional.of(new DecodingSymbolsQuery(axis, List.copyOf(targets)));
  }
}
