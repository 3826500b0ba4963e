package io.redstuff.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Valid encodings of every kind, changed field by field: counts that are off by one, huge or not in
 * their shortest form, other variants and numbers, fields that are swapped, doubled, left out or
 * from elsewhere. What holds is said at {@link ParserCheck}.
 */
class WireMutationFuzzTest {
  private static final Map<Wire<?>, List<List<Fields.Field>>> EXAMPLES = examples();

  private static Map<Wire<?>, List<List<Fields.Field>>> examples() {
    Map<Wire<?>, List<List<Fields.Field>>> examples = new HashMap<>();
    for (Wire<?> wire : Wire.ALL) {
      examples.put(wire, wire.examples().stream().map(wire::fields).toList());
    }
    return examples;
  }

  @FuzzTest
  void parse(byte[] input) {
    Draws draws = new Draws(input);
    Wire<?> wire = Wire.ALL.get(draws.below(Wire.ALL.size()));
    List<List<Fields.Field>> examples = EXAMPLES.get(wire);
    List<Fields.Field> valid = examples.get(draws.below(examples.size()));
    List<Fields.Field> donor = examples.get(draws.below(examples.size()));
    wire.check(FieldMutation.mutate(draws, valid, donor));
  }
}
