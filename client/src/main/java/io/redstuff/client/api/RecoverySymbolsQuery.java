package io.redstuff.client.api;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.SymbolId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.proof.GeneralRecoverySymbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which symbols with proofs a node is asked for.
 *
 * @since 0.1.0
 */
public sealed interface RecoverySymbolsQuery {

  /**
   * Single symbols.
   *
   * @param ids which, one or more; sorted and each once
   * @param proofAxis of which kind of sliver the proofs have to be; nothing for either
   */
  record Ids(List<SymbolId> ids, Optional<Axis> proofAxis) implements RecoverySymbolsQuery {
    /**
     * Sorts the ids.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Ids {
      ids = List.copyOf(new TreeSet<>(ids));
      Objects.requireNonNull(proofAxis, "proofAxis");
      if (ids.isEmpty()) {
        throw new IllegalArgumentException("symbol ids: got none, expected one or more");
      }
    }
  }

  /**
   * All that the node has to recover a sliver.
   *
   * @param target the sliver
   * @param proofAxis of which kind of sliver the proofs have to be; nothing for either
   */
  record Recovers(SliverId target, Optional<Axis> proofAxis) implements RecoverySymbolsQuery {
    /**
     * Checks that both are there.
     *
     * @throws NullPointerException if one is null
     */
    public Recovers {
      Objects.requireNonNull(target, "target");
      Objects.requireNonNull(proofAxis, "proofAxis");
    }
  }

  /** {@return of which kind of sliver the proofs have to be; nothing for either} */
  Optional<Axis> proofAxis();

  /**
   * Returns whether a symbol is one that was asked for.
   *
   * @param symbol the symbol
   * @return true if it is
   */
  default boolean accepts(GeneralRecoverySymbol symbol) {
    if (proofAxis().isPresent() && proofAxis().get() != symbol.source().axis()) {
      return false;
    }
    return switch (this) {
      case Ids query -> query.ids.contains(symbol.id());
      case Recovers query -> symbol.id().sliver(query.target.axis()).equals(query.target);
    };
  }

  /** {@return the query as it stands in a request} */
  default String toQuery() {
    String which =
        switch (this) {
          case Ids query ->
              query.ids.stream().map(id -> "id=" + id).collect(Collectors.joining("&"));
          case Recovers query ->
              "targetSliver=%s&targetType=%s".formatted(query.target.index(), query.target.axis());
        };
    return which + proofAxis().map(axis -> "&proofAxis=" + axis).orElse("");
  }

  /**
   * Reads a query.
   *
   * @param query the query of a request
   * @return which symbols it asks for; nothing if it asks for no symbol at all
   * @throws MalformedDataException if it is none: symbols and a sliver, or half a sliver, or values
   *     that are none
   */
  static Optional<RecoverySymbolsQuery> parse(QueryParameters query) throws MalformedDataException {
    Optional<Axis> proofAxis = axis(query, "proofAxis");
    List<SymbolId> ids = new ArrayList<>();
    for (String id : query.all("id")) {
      ids.add(SymbolId.parse(id));
    }
    Optional<String> target = query.one("targetSliver");
    Optional<Axis> type = axis(query, "targetType");
    if (target.isPresent() != type.isPresent() || (target.isPresent() && !ids.isEmpty())) {
      throw new MalformedDataException(
          0,
          "query: got %s ids, %s and %s, expected either ids or targetSliver with targetType"
              .formatted(
                  ids.size(),
                  target.isPresent() ? "targetSliver" : "no targetSliver",
                  type.isPresent() ? "targetType" : "no targetType"));
    }
    if (target.isPresent()) {
      int index = ApiText.u16("targetSliver", target.get());
      return Optional.of(new Recovers(new SliverId(type.get(), index), proofAxis));
    }
    return ids.isEmpty() ? Optional.empty() : Optional.of(new Ids(ids, proofAxis));
  }

  private static Optional<Axis> axis(QueryParameters query, String name)
      throws MalformedDataException {
    Optional<String> text = query.one(name);
    return text.isPresent() ? Optional.of(ApiText.axis(name, text.get())) : Optional.empty();
  }
}
