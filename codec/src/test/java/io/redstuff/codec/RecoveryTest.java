package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SymbolId;
import io.redstuff.codec.Recovery.Recovered;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.MerkleProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.RejectedSymbol;
import io.redstuff.proof.SymbolVerifier;
import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryTest {
  private static final StoredBlob STORED = StoredBlob.honest(10, 1300, 1);

  /** Another codec than the one that stored anything. */
  private static final RedStuff SHARED = RedStuff.forShards(31);

  static Stream<Engine> engines() {
    return EnginesUnderTest.all().stream();
  }

  private static RecoverySymbol altered(RecoverySymbol symbol) {
    byte[] data = symbol.data();
    data[data.length / 2] ^= 4;
    DecodingSymbol wrong = new DecodingSymbol(symbol.sourceIndex(), data);
    return new RecoverySymbol(symbol.axis(), wrong, symbol.proof());
  }

  private static List<RecoverySymbol> some(List<RecoverySymbol> symbols, int count, long seed) {
    List<RecoverySymbol> shuffled = new ArrayList<>(symbols);
    Collections.shuffle(shuffled, new Random(seed));
    return new ArrayList<>(shuffled.subList(0, count));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 7, 10, 11, 31, 100})
  void everySliverComesBackFromJustEnoughSymbols(int shards) throws RedStuffException {
    StoredBlob stored = StoredBlob.honest(shards, 50 * shards + 3, shards);
    try (Arena arena = Arena.ofConfined()) {
      SliverRecoverer recoverer = stored.codec.newRecoverer(arena);
      for (Axis axis : Axis.values()) {
        int needed = stored.codec.parameters().symbolsPerSliver(axis);
        for (int index = 0; index < shards; index += 1 + shards / 20) {
          SliverId target = new SliverId(axis, index);
          List<RecoverySymbol> symbols = some(stored.symbolsFor(target), needed, index);
          Recovered first =
              assertInstanceOf(
                  Recovered.class, recoverer.recover(stored.metadata, target, symbols));
          assertEquals(stored.sliver(target), first.sliver().sliver());
          assertEquals(List.of(), first.rejected());
          Recovery second = recoverer.recoverOptimistically(stored.metadata, target, symbols);
          assertEquals(
              stored.sliver(target), assertInstanceOf(Recovered.class, second).sliver().sliver());
          List<DecodingSymbol> bare = symbols.stream().map(RecoverySymbol::withoutProof).toList();
          assertEquals(
              stored.sliver(target),
              recoverer.recoverUnproven(stored.metadata, target, bare).sliver());
        }
      }
    }
  }

  @Tag("slow")
  @Test
  void aThousandShards() throws RedStuffException {
    StoredBlob stored = StoredBlob.honest(1000, 700_000, 3);
    for (SliverId target : List.of(SliverId.primary(777), SliverId.secondary(5))) {
      int needed = stored.codec.parameters().symbolsPerSliver(target.axis());
      List<RecoverySymbol> symbols = some(stored.symbolsFor(target), needed + 1, 9);
      symbols.set(100, altered(symbols.get(100)));
      Recovered recovered =
          assertInstanceOf(Recovered.class, stored.codec.recover(stored.metadata, target, symbols));
      assertEquals(stored.sliver(target), recovered.sliver().sliver());
      assertEquals(1, recovered.rejected().size());
      assertEquals(
          SymbolId.of(target, symbols.get(100).sourceIndex()),
          recovered.rejected().getFirst().id());
    }
  }

  @ParameterizedTest
  @EnumSource
  void badSymbolsAreNamedAndLeftAside(Axis axis) throws RedStuffException {
    SliverId target = new SliverId(axis, 3);
    int needed = STORED.codec.parameters().symbolsPerSliver(axis);
    List<RecoverySymbol> symbols = some(STORED.symbolsFor(target), needed + 1, 4);
    RecoverySymbol bad = altered(symbols.get(0));
    symbols.set(0, bad);
    symbols.add(symbols.get(1));
    RecoverySymbol otherAxis = STORED.symbolsFor(new SliverId(axis.opposite(), 3)).getFirst();
    symbols.add(otherAxis);
    Recovered recovered =
        assertInstanceOf(Recovered.class, STORED.codec.recover(STORED.metadata, target, symbols));
    assertEquals(STORED.sliver(target), recovered.sliver().sliver());
    assertEquals(
        List.of(Reason.WRONG_AXIS, Reason.ROOT_MISMATCH, Reason.DUPLICATE),
        recovered.rejected().stream().map(RejectedSymbol::reason).toList());
    assertEquals(SymbolId.of(target, bad.sourceIndex()), recovered.rejected().get(1).id());

    List<RecoverySymbol> justEnough = symbols.subList(0, needed);
    VerificationException failure =
        assertThrows(
            VerificationException.class,
            () -> STORED.codec.recover(STORED.metadata, target, justEnough));
    assertEquals(Reason.ROOT_MISMATCH, failure.reason());
    assertTrue(
        failure.getMessage().contains("got " + (needed - 1) + " good ones"), failure.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void symbolsAreLookedAtOnlyWhenTheyDidHarm(Axis axis) throws RedStuffException {
    SliverId target = new SliverId(axis, 8);
    List<RecoverySymbol> symbols = new ArrayList<>(STORED.symbolsFor(target));
    symbols.set(0, altered(symbols.get(0)));
    try (Arena arena = Arena.ofConfined()) {
      SliverRecoverer recoverer = STORED.codec.newRecoverer(arena);
      Recovered recovered =
          assertInstanceOf(
              Recovered.class, recoverer.recoverOptimistically(STORED.metadata, target, symbols));
      assertEquals(STORED.sliver(target), recovered.sliver().sliver());
      assertEquals(1, recovered.rejected().size());
      List<DecodingSymbol> bare = symbols.stream().map(RecoverySymbol::withoutProof).toList();
      VerificationException failure =
          assertThrows(
              VerificationException.class,
              () -> recoverer.recoverUnproven(STORED.metadata, target, bare));
      assertEquals(Reason.ROOT_MISMATCH, failure.reason());
    }
  }

  @Test
  void tooFewSymbolsSayHowMany() throws RedStuffException {
    SliverId target = SliverId.primary(2);
    List<RecoverySymbol> six = STORED.symbolsFor(target).subList(0, 6);
    InsufficientDataException failure =
        assertThrows(
            InsufficientDataException.class,
            () -> STORED.codec.recover(STORED.metadata, target, six));
    try (Arena arena = Arena.ofConfined()) {
      SliverRecoverer recoverer = STORED.codec.newRecoverer(arena);
      assertEquals(
          failure.getMessage(),
          assertThrows(
                  InsufficientDataException.class,
                  () -> recoverer.recoverOptimistically(STORED.metadata, target, six))
              .getMessage());
    }
    assertEquals(
        "too few symbols for the primary 2 sliver: got 6, expected at least 7",
        failure.getMessage());
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> STORED.codec.recover(STORED.metadata, SliverId.primary(10), six));
    assertThrows(
        IllegalArgumentException.class,
        () -> RedStuff.forShards(11).recover(STORED.metadata, target, six));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void singleSymbolsAreThoseOfTheExpandedSliver(Engine engine) throws RedStuffException {
    RedStuff codec = RedStuff.forShards(10, engine);
    try (Arena arena = Arena.ofConfined()) {
      for (Sliver sliver : STORED.all()) {
        ExpandedSliver expanded = codec.expand(STORED.metadata, sliver, arena);
        for (int index = 0; index < 10; index++) {
          assertArrayEquals(expanded.symbol(index), codec.symbol(sliver, index));
          SliverId crossing = new SliverId(sliver.id().axis().opposite(), index);
          assertArrayEquals(
              codec.symbol(STORED.sliver(crossing), sliver.id().index()),
              expanded.symbol(index),
              "rows and columns meet in the same symbol");
        }
        assertArrayEquals(STORED.metadata.sliverHash(sliver.id()), expanded.root());
        assertThrows(IndexOutOfBoundsException.class, () -> expanded.symbol(10));
        assertThrows(IndexOutOfBoundsException.class, () -> codec.symbol(sliver, 10));
      }
    }
  }

  /** What does not fit the metadata or the target takes the place of nothing that does. */
  @ParameterizedTest
  @EnumSource
  void straysArePassedOver(Axis axis) throws RedStuffException {
    SliverId target = new SliverId(axis, 3);
    int size = STORED.metadata.symbolSize();
    int needed = STORED.codec.parameters().symbolsPerSliver(axis);
    List<RecoverySymbol> good = STORED.symbolsFor(target).subList(10 - needed, 10);
    try (Arena arena = Arena.ofConfined()) {
      SliverRecoverer recoverer = STORED.codec.newRecoverer(arena);
      List<RecoverySymbol> proven = new ArrayList<>();
      proven.addAll(STORED.symbolsFor(new SliverId(axis.opposite(), 3)));
      proven.addAll(good);
      Recovered first =
          assertInstanceOf(
              Recovered.class, recoverer.recoverOptimistically(STORED.metadata, target, proven));
      assertEquals(STORED.sliver(target), first.sliver().sliver());
      assertEquals(List.of(), first.rejected());

      List<DecodingSymbol> bare = new ArrayList<>();
      for (int source : new int[] {10, 60_000}) {
        bare.add(new DecodingSymbol(source, new byte[size]));
      }
      bare.add(new DecodingSymbol(9, new byte[size + 2]));
      bare.add(new DecodingSymbol(9, new byte[2]));
      good.forEach(symbol -> bare.add(symbol.withoutProof()));
      bare.add(new DecodingSymbol(9, new byte[size])); // there is one of source 9
      assertEquals(
          STORED.sliver(target), recoverer.recoverUnproven(STORED.metadata, target, bare).sliver());
      bare.removeIf(symbol -> symbol.sourceIndex() == 9);
      InsufficientDataException few =
          assertThrows(
              InsufficientDataException.class,
              () -> recoverer.recoverUnproven(STORED.metadata, target, bare));
      assertEquals(needed, few.needed());
      assertEquals(needed - 1, few.got());
    }
  }

  @Test
  void symbolsAreCutFromWholeSliversOnly() {
    Sliver sliver = Sliver.copyOf(SliverId.primary(1), 2, new byte[6 * 2]);
    String message =
        assertThrows(IllegalArgumentException.class, () -> STORED.codec.symbol(sliver, 0))
            .getMessage();
    assertTrue(message.contains("got 6 symbols, expected 7"), message);
  }

  @Test
  void symbolsCutTogetherGoWhereThereIsRoom() {
    Sliver sliver = STORED.primary.getFirst();
    int size = sliver.symbolSize();
    int[] wanted = {9, 0, 9};
    byte[] target = new byte[3 * size];
    STORED.codec.symbols(sliver, wanted, MemorySegment.ofArray(target));
    for (int i = 0; i < wanted.length; i++) {
      assertArrayEquals(
          STORED.codec.symbol(sliver, wanted[i]),
          Arrays.copyOfRange(target, i * size, (i + 1) * size));
    }
    MemorySegment small = MemorySegment.ofArray(new byte[3 * size - 1]);
    assertEquals(
        "target: got %s bytes of writable memory, expected at least %s of writable memory"
            .formatted(3 * size - 1, 3 * size),
        assertThrows(
                IllegalArgumentException.class, () -> STORED.codec.symbols(sliver, wanted, small))
            .getMessage());
    MemorySegment fixed = MemorySegment.ofArray(target).asReadOnly();
    assertThrows(IllegalArgumentException.class, () -> STORED.codec.symbols(sliver, wanted, fixed));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> STORED.codec.symbols(sliver, new int[] {0, -1}, MemorySegment.ofArray(target)));
    STORED.codec.symbols(sliver, new int[0], MemorySegment.ofArray(new byte[0]));
  }

  @Test
  void wrongSliversAreNotExpanded() {
    Sliver sliver = STORED.primary.getFirst();
    byte[] bytes = sliver.toBytes();
    bytes[0] ^= 1;
    Sliver wrong = Sliver.copyOf(sliver.id(), sliver.symbolSize(), bytes);
    try (Arena arena = Arena.ofConfined()) {
      VerificationException failure =
          assertThrows(
              VerificationException.class,
              () -> STORED.codec.expand(STORED.metadata, wrong, arena));
      assertEquals(Reason.ROOT_MISMATCH, failure.reason());
      int size = sliver.symbolSize();
      Sliver outside = Sliver.copyOf(SliverId.primary(10), size, sliver.toBytes());
      Sliver longer = Sliver.copyOf(sliver.id(), size, Arrays.copyOf(bytes, bytes.length + size));
      for (Sliver misfit : List.of(outside, longer)) {
        VerificationException refused =
            assertThrows(
                VerificationException.class,
                () -> STORED.codec.expand(STORED.metadata, misfit, arena));
        Reason expected =
            misfit.equals(outside) ? Reason.INDEX_OUT_OF_RANGE : Reason.WRONG_SYMBOL_COUNT;
        assertEquals(expected, refused.reason());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void expandedSliverServesAllItsSymbols(Axis axis) throws RedStuffException {
    SliverId source = new SliverId(axis, 2);
    try (Arena arena = Arena.ofConfined()) {
      ExpandedSliver expanded = STORED.codec.expand(STORED.metadata, STORED.sliver(source), arena);
      List<RecoverySymbol> symbols = expanded.recoverySymbols();
      assertEquals(10, symbols.size());
      for (int target = 0; target < 10; target++) {
        RecoverySymbol symbol = symbols.get(target);
        symbol.verify(STORED.metadata, new SliverId(axis.opposite(), target));
        assertEquals(symbol, expanded.recoverySymbol(target));
        assertEquals(symbol.proof(), expanded.proof(target));
      }
    }
  }

  /** The first index that is too large, as target and as source. */
  @ParameterizedTest
  @EnumSource
  void symbolsLieWithinTheShards(Axis axis) throws RedStuffException {
    RecoverySymbol good = STORED.symbolsFor(new SliverId(axis, 9)).getLast();
    good.verify(STORED.metadata, new SliverId(axis, 9));
    SliverId outside = new SliverId(axis, 10);
    assertOutside("target " + outside, good, outside);
    DecodingSymbol moved = new DecodingSymbol(10, good.data());
    assertOutside(
        "source " + new SliverId(axis.opposite(), 10),
        new RecoverySymbol(axis, moved, good.proof()),
        new SliverId(axis, 9));
  }

  private static void assertOutside(String what, RecoverySymbol symbol, SliverId target) {
    VerificationException failure =
        assertThrows(VerificationException.class, () -> symbol.verify(STORED.metadata, target));
    assertEquals(Reason.INDEX_OUT_OF_RANGE, failure.reason());
    assertEquals(
        "recovery symbol: got " + what + ", expected an index below 10", failure.getMessage());
  }

  /** Before it is asked whether there are enough symbols. */
  @ParameterizedTest
  @EnumSource
  void targetsThatCannotBeAreRefused(Axis axis) {
    try (Arena arena = Arena.ofConfined()) {
      SliverRecoverer recoverer = STORED.codec.newRecoverer(arena);
      SliverRecoverer other = SHARED.newRecoverer(arena);
      SliverId outside = new SliverId(axis, 10);
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> recoverer.recoverOptimistically(STORED.metadata, outside, List.of()));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> recoverer.recoverUnproven(STORED.metadata, outside, List.of()));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> recoverer.recoverMany(STORED.metadata, List.of(outside), List.of()));
      SliverId inside = new SliverId(axis, 1);
      for (Executable call :
          List.<Executable>of(
              () -> other.recoverOptimistically(STORED.metadata, inside, List.of()),
              () -> other.recoverUnproven(STORED.metadata, inside, List.of()),
              () -> other.recoverMany(STORED.metadata, List.of(inside), List.of()))) {
        assertEquals(
            "metadata: got one for 10 shards, expected 31",
            assertThrows(IllegalArgumentException.class, call).getMessage());
      }
    }
  }

  @Tag("slow")
  @Test
  void manyThreadsShareOneCodec() throws Exception {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (StoredBlob stored :
        List.of(StoredBlob.honest(31, 100, 5), StoredBlob.honest(31, 40_000, 6))) {
      for (int index = 0; index < 31; index++) {
        for (Axis axis : Axis.values()) {
          SliverId target = new SliverId(axis, index);
          int needed = stored.codec.parameters().symbolsPerSliver(axis);
          List<RecoverySymbol> symbols = some(stored.symbolsFor(target), needed, index);
          tasks.add(() -> useAll(stored, target, symbols));
        }
      }
    }
    Collections.shuffle(tasks, new Random(8));
    try (ExecutorService executor = Executors.newFixedThreadPool(6)) {
      for (Future<Void> result : executor.invokeAll(tasks)) {
        result.get();
      }
    }
  }

  /** Through one codec for blobs of all sizes, so that its workers' memory is found used. */
  private static Void useAll(StoredBlob stored, SliverId target, List<RecoverySymbol> symbols)
      throws RedStuffException {
    Sliver sliver = stored.sliver(target);
    Recovery recovery = SHARED.recover(stored.metadata, target, symbols);
    assertEquals(sliver, assertInstanceOf(Recovered.class, recovery).sliver().sliver());
    assertEquals(sliver, SHARED.verify(stored.metadata, sliver).sliver());
    try (Arena arena = Arena.ofConfined()) {
      ExpandedSliver expanded = SHARED.expand(stored.metadata, sliver, arena);
      for (int index = 0; index < SHARED.parameters().shards(); index++) {
        assertArrayEquals(expanded.symbol(index), SHARED.symbol(sliver, index));
        SliverId crossing = new SliverId(target.axis().opposite(), index);
        expanded.recoverySymbol(index).verify(stored.metadata, crossing);
      }
    }
    byte[] bytes = sliver.toBytes();
    bytes[0] ^= 1;
    Sliver wrong = Sliver.copyOf(target, sliver.symbolSize(), bytes);
    assertThrows(VerificationException.class, () -> SHARED.verify(stored.metadata, wrong));
    return null;
  }

  @Test
  void changingSourcesAreNotMixedUp() throws RedStuffException {
    SliverId target = SliverId.primary(4);
    int needed = STORED.codec.parameters().symbolsPerSliver(Axis.PRIMARY);
    List<RecoverySymbol> all = STORED.symbolsFor(target);
    try (Arena arena = Arena.ofConfined()) {
      SliverRecoverer recoverer = STORED.codec.newRecoverer(arena);
      for (int from : new int[] {0, 3, 3, 1, 0, 2}) {
        List<DecodingSymbol> bare =
            all.subList(from, from + needed).stream().map(RecoverySymbol::withoutProof).toList();
        assertEquals(
            STORED.sliver(target),
            recoverer.recoverUnproven(STORED.metadata, target, bare).sliver());
      }
    }
  }

  @Test
  void wireFormsRoundTrip() throws RedStuffException {
    for (Axis axis : Axis.values()) {
      SliverId target = new SliverId(axis, 6);
      List<RecoverySymbol> symbols = STORED.symbolsFor(target);
      for (RecoverySymbol symbol : symbols) {
        byte[] bcs = symbol.toBcs();
        assertEquals(symbol, RecoverySymbol.parse(axis, bcs));
        assertArrayEquals(bcs, RecoverySymbol.parse(axis, bcs).toBcs());
        byte[] general = symbol.withTarget(6).toBcs();
        assertEquals(symbol.withTarget(6), GeneralRecoverySymbol.parse(general));
        byte[] bare = symbol.withoutProof().toBcs();
        assertEquals(symbol.withoutProof(), DecodingSymbol.parse(bare));
        for (int end = 0; end < bcs.length; end++) {
          byte[] shorter = Arrays.copyOf(bcs, end);
          assertThrows(MalformedDataException.class, () -> RecoverySymbol.parse(axis, shorter));
        }
        byte[] behind = Arrays.copyOf(bcs, bcs.length + 1);
        assertThrows(MalformedDataException.class, () -> RecoverySymbol.parse(axis, behind));
        byte[] behindBare = Arrays.copyOf(bare, bare.length + 1);
        assertThrows(MalformedDataException.class, () -> DecodingSymbol.parse(behindBare));
        byte[] longer = Arrays.copyOf(general, general.length + 1);
        assertThrows(MalformedDataException.class, () -> GeneralRecoverySymbol.parse(longer));
        general[0] = 2;
        assertThrows(MalformedDataException.class, () -> GeneralRecoverySymbol.parse(general));
      }
      InconsistencyProof proof = new InconsistencyProof(target, symbols);
      byte[] bcs = proof.toBcs();
      assertEquals(proof, InconsistencyProof.parse(bcs));
      assertArrayEquals(bcs, InconsistencyProof.parse(bcs).toBcs());
      for (int end = 0; end < bcs.length; end += 7) {
        byte[] shorter = Arrays.copyOf(bcs, end);
        assertThrows(MalformedDataException.class, () -> InconsistencyProof.parse(shorter));
      }
      byte[] behind = Arrays.copyOf(bcs, bcs.length + 1);
      assertThrows(MalformedDataException.class, () -> InconsistencyProof.parse(behind));
      byte[] huge = Arrays.copyOf(bcs, 8);
      Arrays.fill(huge, 3, 7, (byte) 0xFF);
      huge[7] = 0x0F;
      assertThrows(MalformedDataException.class, () -> InconsistencyProof.parse(huge));
      assertThrows(
          IllegalArgumentException.class,
          () -> new InconsistencyProof(new SliverId(axis.opposite(), 1), symbols));
    }
  }

  @Test
  void symbolIdsHaveOneText() throws MalformedDataException {
    SymbolId id = new SymbolId(73, 241);
    assertEquals("73-241", id.toString());
    assertEquals(id, SymbolId.parse("73-241"));
    assertEquals(id, SymbolId.parseBcs(new byte[] {73, 0, (byte) 241, 0}));
    assertArrayEquals(new byte[] {73, 0, (byte) 241, 0}, id.toBcs());
    assertEquals(SliverId.secondary(241), id.sliver(Axis.SECONDARY));
    assertEquals(new SymbolId(65535, 0), SymbolId.parse("65535-0"));
    for (String text :
        List.of(
            "",
            "-",
            "1",
            "1-",
            "-1",
            "01-2",
            "1-02",
            "1-65536",
            "1-2-3",
            " 1-2",
            "+1-2",
            "1–2",
            "٣-4",
            "99999999999-1")) {
      assertThrows(MalformedDataException.class, () -> SymbolId.parse(text), text);
    }
    assertThrows(MalformedDataException.class, () -> SymbolId.parseBcs(new byte[3]));
    assertThrows(MalformedDataException.class, () -> SymbolId.parseBcs(new byte[5]));
    assertThrows(IndexOutOfBoundsException.class, () -> new SymbolId(65536, 0));
  }

  @Test
  void generalSymbolsServeEitherSliverTheyLieOn() throws RedStuffException {
    GeneralRecoverySymbol symbol = STORED.symbol(SliverId.secondary(4), 7);
    assertEquals(new SymbolId(7, 4), symbol.id());
    assertEquals(4, symbol.usedFor(SliverId.primary(7)).sourceIndex());
    assertEquals(7, symbol.usedFor(SliverId.secondary(4)).sourceIndex());
    symbol.verify(STORED.metadata);
    symbol.verify(STORED.metadata, SliverId.primary(7));
    symbol.verify(STORED.metadata, SliverId.secondary(4));
    for (SliverId other : List.of(SliverId.primary(4), SliverId.secondary(7))) {
      VerificationException failure =
          assertThrows(VerificationException.class, () -> symbol.verify(STORED.metadata, other));
      assertEquals(Reason.NOT_USABLE_FOR_TARGET, failure.reason());
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("engines")
  void batchNamesTheSameSymbolsAsOneByOne(Engine engine) throws RedStuffException {
    StoredBlob stored = StoredBlob.honest(31, 4000, 2);
    Random random = new Random(11);
    List<GeneralRecoverySymbol> symbols = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      for (int source = 0; source < 31; source += 2) {
        ExpandedSliver primary =
            stored.codec.expand(stored.metadata, stored.primary.get(source), arena);
        ExpandedSliver secondary =
            stored.codec.expand(stored.metadata, stored.secondary.get(source), arena);
        for (int target = 0; target < 31; target++) {
          symbols.add(mutated(primary.recoverySymbol(target).withTarget(target), random));
          symbols.add(mutated(secondary.recoverySymbol(target).withTarget(target), random));
        }
      }
      Collections.shuffle(symbols, random);
      Map<GeneralRecoverySymbol, RejectedSymbol> rejected =
          new SymbolVerifier(engine, arena).verify(stored.metadata, symbols);
      assertTrue(rejected.size() > 50 && rejected.size() < symbols.size() - 50);
      for (GeneralRecoverySymbol symbol : symbols) {
        if (rejected.containsKey(symbol)) {
          VerificationException failure =
              assertThrows(VerificationException.class, () -> symbol.verify(stored.metadata));
          assertEquals(failure.reason(), rejected.get(symbol).reason());
        } else {
          symbol.verify(stored.metadata);
        }
      }
      assertEquals(Map.of(), new SymbolVerifier(engine, arena).verify(stored.metadata, List.of()));
    }
  }

  /** Neighbors share the upper part of their paths: one must not vouch for the other. */
  @Test
  void oneBadSymbolAmongItsNeighborsIsNamed() throws RedStuffException {
    try (Arena arena = Arena.ofConfined()) {
      SymbolVerifier verifier = new SymbolVerifier(Engines.selected(), arena);
      ExpandedSliver source = STORED.codec.expand(STORED.metadata, STORED.secondary.get(2), arena);
      for (int bad = 0; bad < 10; bad++) {
        List<GeneralRecoverySymbol> symbols = new ArrayList<>();
        for (int target = 0; target < 10; target++) {
          RecoverySymbol symbol = source.recoverySymbol(target);
          symbols.add((target == bad ? altered(symbol) : symbol).withTarget(target));
        }
        Map<GeneralRecoverySymbol, RejectedSymbol> rejected =
            verifier.verify(STORED.metadata, symbols);
        assertEquals(List.of(symbols.get(bad)), List.copyOf(rejected.keySet()));
        assertEquals(Reason.ROOT_MISMATCH, rejected.get(symbols.get(bad)).reason());
      }
    }
  }

  /** Mostly the symbol as it is, else with one thing about it changed. */
  private static GeneralRecoverySymbol mutated(GeneralRecoverySymbol symbol, Random random)
      throws MalformedDataException {
    byte[] proof = symbol.proof().toBcs();
    RecoverySymbol inner = symbol.withoutTarget();
    return switch (random.nextInt(8)) {
      case 0 -> altered(inner).withTarget(symbol.targetIndex());
      case 1 -> inner.withTarget(random.nextInt(35));
      case 2 -> {
        proof[proof.length - 1 - random.nextInt(32)] ^= 1; // the top node is never an empty one
        yield new RecoverySymbol(symbol.axis(), inner.withoutProof(), MerkleProof.parse(proof))
            .withTarget(symbol.targetIndex());
      }
      case 3 -> {
        byte[] shorter = Arrays.copyOf(proof, proof.length - 33);
        shorter[0]--;
        yield new RecoverySymbol(symbol.axis(), inner.withoutProof(), MerkleProof.parse(shorter))
            .withTarget(symbol.targetIndex());
      }
      default -> symbol;
    };
  }
}
