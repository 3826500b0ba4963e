package io.redstuff.fuzz;

import io.redstuff.Axis;
import io.redstuff.Sliver;
import io.redstuff.fuzz.Fields.Field;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.MerkleProof;
import io.redstuff.proof.RecoverySymbol;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Everything that has a binary form: how it is checked, what it consists of, valid examples. */
final class Wire<T> {
  /**
   * The proof is a list of lists: a symbol of four bytes becomes four objects, and each empty node
   * of one byte the 32 that are hashed for it.
   */
  private static final int LISTS = 128;

  static final Wire<BlobMetadata> METADATA =
      new Wire<>(
          BlobMetadata::parse, BlobMetadata::toBcs, Fields::metadata, ParserCheck.FEW, "Metadata");

  static final Wire<Sliver> PRIMARY_SLIVER =
      new Wire<>(
          bytes -> Sliver.parseCopy(Axis.PRIMARY, bytes),
          Sliver::toBcs,
          Fields::sliverData,
          ParserCheck.FEW,
          "Sliver");

  static final Wire<Sliver> SECONDARY_SLIVER =
      new Wire<>(
          bytes -> Sliver.parseCopy(Axis.SECONDARY, bytes),
          Sliver::toBcs,
          Fields::sliverData,
          ParserCheck.FEW,
          "Sliver");

  static final Wire<Sliver> TAGGED_SLIVER =
      new Wire<>(
          Sliver::parseTaggedCopy,
          Sliver::toTaggedBcs,
          fields -> fields.tag().sliverData(),
          ParserCheck.FEW,
          "TaggedSliver");

  static final Wire<MerkleProof> MERKLE_PROOF =
      new Wire<>(
          MerkleProof::parse, MerkleProof::toBcs, Fields::proof, ParserCheck.FEW, "MerkleProof");

  static final Wire<RecoverySymbol> PRIMARY_SYMBOL = recoverySymbol(Axis.PRIMARY);

  static final Wire<RecoverySymbol> SECONDARY_SYMBOL = recoverySymbol(Axis.SECONDARY);

  static final Wire<GeneralRecoverySymbol> GENERAL_SYMBOL =
      new Wire<>(
          GeneralRecoverySymbol::parse,
          GeneralRecoverySymbol::toBcs,
          fields -> fields.tag().decodingSymbol().number(Short.BYTES).proof(),
          ParserCheck.FEW,
          "GeneralRecoverySymbol");

  static final Wire<DecodingSymbol> DECODING_SYMBOL =
      new Wire<>(
          DecodingSymbol::parse,
          DecodingSymbol::toBcs,
          Fields::decodingSymbol,
          ParserCheck.FEW,
          "DecodingSymbol");

  static final Wire<InconsistencyProof> INCONSISTENCY_PROOF =
      new Wire<>(
          InconsistencyProof::parse,
          InconsistencyProof::toBcs,
          Fields::inconsistencyProof,
          LISTS,
          "InconsistencyProof");

  /** All forms. */
  static final List<Wire<?>> ALL =
      List.of(
          METADATA,
          PRIMARY_SLIVER,
          SECONDARY_SLIVER,
          TAGGED_SLIVER,
          MERKLE_PROOF,
          PRIMARY_SYMBOL,
          SECONDARY_SYMBOL,
          GENERAL_SYMBOL,
          DECODING_SYMBOL,
          INCONSISTENCY_PROOF);

  /** The inputs of every parser's target that are valid. */
  private static final List<String> EXAMPLES = List.of("official-4-shards", "official-10-shards");

  private final ParserCheck.Parser<T> parser;
  private final Function<T, byte[]> writer;
  private final Consumer<Fields> layout;
  private final int bytesPerByte;
  private final String target;

  private Wire(
      ParserCheck.Parser<T> parser,
      Function<T, byte[]> writer,
      Consumer<Fields> layout,
      int bytesPerByte,
      String target) {
    this.parser = parser;
    this.writer = writer;
    this.layout = layout;
    this.bytesPerByte = bytesPerByte;
    this.target = target;
  }

  private static Wire<RecoverySymbol> recoverySymbol(Axis axis) {
    return new Wire<>(
        bytes -> RecoverySymbol.parse(axis, bytes),
        RecoverySymbol::toBcs,
        fields -> fields.decodingSymbol().proof(),
        ParserCheck.FEW,
        "RecoverySymbol");
  }

  /** Reads {@code bytes} with all that must hold; empty if they were refused. */
  Optional<T> check(byte[] bytes) {
    return ParserCheck.check(bytes, parser, writer, bytesPerByte);
  }

  /** Returns the fields of a valid encoding. */
  List<Field> fields(byte[] valid) {
    Fields fields = new Fields(valid);
    layout.accept(fields);
    return fields.list();
  }

  /** Returns valid encodings. */
  List<byte[]> examples() {
    List<byte[]> examples = new ArrayList<>();
    for (String name : EXAMPLES) {
      String path = target + "FuzzTestInputs/parse/" + name;
      try (InputStream in = Wire.class.getResourceAsStream(path)) {
        if (in == null) {
          throw new IllegalStateException("no resource " + path);
        }
        examples.add(in.readAllBytes());
      } catch (IOException e) {
        throw new IllegalStateException(path, e);
      }
    }
    return examples;
  }

  @Override
  public String toString() {
    return target;
  }
}
