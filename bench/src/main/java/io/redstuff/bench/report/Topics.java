package io.redstuff.bench.report;

import io.redstuff.bench.peer.Peer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The topics of the report: which benchmarks with which parameters, which rows, which goals.
 * References are named {@code official.*}, in {@code bench/reference/official.json}.
 */
final class Topics {
  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long SHORTEST_DRAWN = 100_000;
  private static final int BLOCK_BYTES = 128;
  private static final String SHORT = "1,100000,";
  private static final String OURS = "Redstuff";
  private static final String SCALAR = "Redstuff, scalar engine";
  private static final String NATIVE = "official native (reference, another run)";
  private static final String WASM = "official WASM under Node";
  private static final String BLOB_RATE = "blob, MB/s";

  private Topics() {}

  /** All topics by name, in the order of the page. */
  static Map<String, Topic> all() {
    Map<String, Topic> topics = new LinkedHashMap<>();
    Stream.of(
            blobId(),
            encode(),
            shards(),
            decode(),
            code(),
            recovery(),
            hash(),
            threads(),
            kernels())
        .forEach(topic -> topics.put(topic.name(), topic));
    return topics;
  }

  private static Topic blobId() {
    String id = "BlobIdBenchmark.blobId";
    return new Topic(
        "blob-id",
        "the id of a blob, without keeping slivers",
        List.of(
            Run.Jmh.of(id, "shards", 1000, "blobBytes", SHORT + lengths(1, 16, 64, 256)),
            Run.Jmh.of(id, "shards", 100, "blobBytes", lengths(1, 64)),
            Run.Jmh.of(id, "shards", 10, "blobBytes", lengths(1)),
            Run.Jmh.of(id, "shards", 1000, "blobBytes", lengths(0, 1, 64), "engine", "scalar"),
            Run.Wasm.of("blobId", "1000", SHORT + lengths(1, 16, 64, 256)),
            Run.Wasm.of("blobId", "100", lengths(1, 64)),
            Run.Wasm.of("blobId", "10", lengths(1))),
        List.of(
            new Comparison(
                List.of(
                    blob(id, "blobId", 1000, 1, 5),
                    blob(id, "blobId", 1000, 100_000, 5),
                    blob(id, "blobId", 1000, MIB, 5),
                    blob(id, "blobId", 1000, 16 * MIB, 0),
                    blob(id, "blobId", 1000, 64 * MIB, 3.5),
                    blob(id, "blobId", 1000, 256 * MIB, 3.5),
                    blob(id, "blobId", 100, MIB, 0),
                    blob(id, "blobId", 100, 64 * MIB, 0),
                    blob(id, "blobId", 10, MIB, 0),
                    scalar(id, "blobId", 1000, 1),
                    scalar(id, "blobId", 1000, MIB),
                    scalar(id, "blobId", 1000, 64 * MIB)))),
        Optional.of(
            bySize(
                "Blob id, n = 1000, one thread",
                blobs(OURS, Query.of(id, "shards", 1000, "engine", "selected"), false),
                blobs(SCALAR, Query.of(id, "shards", 1000, "engine", "scalar"), false),
                blobs(NATIVE, Query.of("official.blobId", "shards", 1000), true),
                blobs(WASM, Query.of("walrus-wasm.blobId", "shards", 1000), false))));
  }

  private static Topic encode() {
    String encode = "EncodeBenchmark.encode";
    String kept = "EncodeBenchmark.encodeIntoKeptMemory";
    String both = "EncodeBenchmark\\.(encode|encodeIntoKeptMemory)";
    return new Topic(
        "encode",
        "all slivers of a blob in memory, and their commitments",
        List.of(
            Run.Jmh.of(both, "shards", 1000, "blobBytes", SHORT + lengths(1, 16, 64, 256)),
            Run.Jmh.of(encode, "shards", 100, "blobBytes", lengths(1, 64)),
            Run.Jmh.of(encode, "shards", 10, "blobBytes", lengths(1)),
            Run.Wasm.of("encode", "1000", SHORT + lengths(1, 16, 64, 256)),
            Run.Wasm.of("encode", "100", lengths(1, 64)),
            Run.Wasm.of("encode", "10", lengths(1))),
        List.of(
            new Comparison(
                List.of(
                    blob(encode, "encode", 1000, 1, 0),
                    blob(encode, "encode", 1000, MIB, 0),
                    blob(encode, "encode", 1000, 16 * MIB, 0),
                    blob(encode, "encode", 1000, 64 * MIB, 0),
                    blob(encode, "encode", 1000, 256 * MIB, 3),
                    blob(encode, "encode", 100, MIB, 0),
                    blob(encode, "encode", 100, 64 * MIB, 3),
                    blob(encode, "encode", 10, MIB, 0),
                    blob("into kept memory, ", kept, "encode", 1000, 64 * MIB, 0),
                    blob("into kept memory, ", kept, "encode", 1000, 256 * MIB, 0)))),
        Optional.of(
            bySize(
                "Encode with slivers to memory, n = 1000, one thread",
                blobs(OURS, Query.of(encode, "shards", 1000), false),
                blobs(OURS + ", kept memory", Query.of(kept, "shards", 1000), false),
                blobs(NATIVE, Query.of("official.encode", "shards", 1000), true),
                blobs(WASM, Query.of("walrus-wasm.encode", "shards", 1000), false))));
  }

  private static Topic shards() {
    String id = "BlobIdBenchmark.blobId";
    String counts = "4,7,10,31,100,301,1000";
    long bytes = 256 * KIB;
    return new Topic(
        "shards",
        "the id of a 256-KiB blob for 4 to 1000 shards",
        List.of(
            Run.Jmh.of(id, "shards", counts, "blobBytes", bytes),
            Run.Wasm.of("blobId", counts, Long.toString(bytes))),
        List.of(
            new Speedups(
                WASM,
                "ours",
                Stream.of(counts.split(",", -1))
                    .map(
                        n ->
                            new Speedups.Row(
                                "n = " + n,
                                Query.of("walrus-wasm.blobId", "shards", n, "blobBytes", bytes),
                                Query.of(id, "shards", n, "blobBytes", bytes),
                                0))
                    .toList())),
        Optional.of(
            new Chart(
                "Blob id of 256 KiB, one thread",
                "shards",
                BLOB_RATE,
                true,
                true,
                0,
                List.of(
                    byShards(OURS, Query.of(id, "blobBytes", bytes), bytes),
                    byShards(WASM, Query.of("walrus-wasm.blobId", "blobBytes", bytes), bytes)))));
  }

  private static Topic decode() {
    String decode = "DecodeBenchmark.decode";
    String verified = "DecodeBenchmark.decodeVerified";
    return new Topic(
        "decode",
        "a blob from just enough slivers of one axis",
        List.of(
            Run.Jmh.of(
                verified,
                "shards",
                1000,
                "blobBytes",
                lengths(0, 1, 16, 64, 256),
                "slivers",
                "firstPrimaries,lastPrimaries,lastSecondaries",
                "check",
                "SKIP"),
            Run.Jmh.of(
                verified,
                "shards",
                100,
                "blobBytes",
                lengths(64),
                "slivers",
                "lastPrimaries",
                "check",
                "SKIP"),
            Run.Jmh.of(
                decode,
                "shards",
                1000,
                "blobBytes",
                lengths(1, 64, 256),
                "slivers",
                "lastPrimaries",
                "check",
                "DEFAULT")),
        List.of(
            new Comparison(
                List.of(
                    decoded(verified, "lastPrimaries", "SKIP", 1000, 1, 30),
                    decoded(verified, "lastPrimaries", "SKIP", 1000, MIB, 30),
                    decoded(verified, "lastPrimaries", "SKIP", 1000, 16 * MIB, 0),
                    decoded(verified, "lastPrimaries", "SKIP", 1000, 64 * MIB, 0),
                    decoded(verified, "lastPrimaries", "SKIP", 1000, 256 * MIB, 3.5),
                    decoded(verified, "lastPrimaries", "SKIP", 100, 64 * MIB, 0),
                    decoded(verified, "lastSecondaries", "SKIP", 1000, MIB, 0),
                    decoded(verified, "lastSecondaries", "SKIP", 1000, 256 * MIB, 0),
                    decoded(verified, "firstPrimaries", "SKIP", 1000, MIB, 0),
                    decoded(verified, "firstPrimaries", "SKIP", 1000, 256 * MIB, 0),
                    decoded(decode, "lastPrimaries", "DEFAULT", 1000, MIB, 0),
                    decoded(decode, "lastPrimaries", "DEFAULT", 1000, 64 * MIB, 0),
                    decoded(decode, "lastPrimaries", "DEFAULT", 1000, 256 * MIB, 0)))),
        Optional.of(
            bySize(
                "Decode, n = 1000, no check of the result, one thread",
                blobs(
                    OURS + ", recovery primaries",
                    Query.of(verified, "shards", 1000, "slivers", "lastPrimaries"),
                    false),
                blobs(
                    "official native (reference), recovery primaries",
                    Query.of(
                        "official.decode",
                        "shards",
                        1000,
                        "slivers",
                        "lastPrimaries",
                        "check",
                        "SKIP"),
                    true),
                blobs(
                    OURS + ", source primaries",
                    Query.of(verified, "shards", 1000, "slivers", "firstPrimaries"),
                    false),
                blobs(
                    "official native (reference), source primaries",
                    Query.of("official.decode", "shards", 1000, "slivers", "firstPrimaries"),
                    true))));
  }

  private static Topic code() {
    String encode = "ReedSolomonBenchmark.encode";
    String decode = "ReedSolomonBenchmark.decode";
    String both = "ReedSolomonBenchmark\\.(encode|decode)";
    List<String> goals = List.of("334:666:1206", "667:333:1206", "512:512:1024", "32:32:1024");
    List<String> others =
        List.of("334:666:64", "667:333:64", "32:32:65536", "10:4:1024", "10:4:65536");
    List<Comparison.Row> rows = new ArrayList<>();
    goals.forEach(shape -> rows.add(codeword("encode ", encode, "codeEncode", shape, 1.4)));
    others.forEach(shape -> rows.add(codeword("encode ", encode, "codeEncode", shape, 0)));
    goals.forEach(shape -> rows.add(codeword("decode ", decode, "codeDecode", shape, 4)));
    others.forEach(shape -> rows.add(codeword("decode ", decode, "codeDecode", shape, 0)));
    List<Rates.Row> rates = new ArrayList<>();
    for (String shape : List.of("10:4:1024", "10:4:65536", "10:4:1048576")) {
      rates.add(
          rate(
              shape,
              OURS,
              "Reed-Solomon over GF(2^16)",
              Query.of(encode, "shape", shape, "engine", "selected"),
              codewordBytes(shape)));
      rates.add(
          peerRate(
              shape,
              Peer.ISA_L,
              Query.of("IsaLBenchmark.encode", "shape", shape),
              codewordBytes(shape)));
      rates.add(
          peerRate(
              shape,
              Peer.HADOOP,
              Query.of("HadoopBenchmark.encode", "shape", shape),
              codewordBytes(shape)));
    }
    rates.add(
        peerRate(
            "6:3:1048576",
            Peer.HADOOP,
            Query.of("HadoopBenchmark.encode", "shape", "6:3:1048576"),
            codewordBytes("6:3:1048576")));
    return new Topic(
        "code",
        "the one-dimensional code, beside the official crate, Hadoop and ISA-L",
        List.of(
            Run.Jmh.of(
                both,
                "shape",
                String.join(",", goals) + "," + String.join(",", others) + ",10:4:1048576"),
            Run.Jmh.of("HadoopBenchmark.encode"),
            Run.Jmh.of("IsaLBenchmark.encode")),
        List.of(new Comparison(rows), new Rates("data and parity", rates)),
        Optional.empty());
  }

  private static Topic recovery() {
    String prefix = "RecoveryBenchmark.";
    return new Topic(
        "recovery",
        "healing a sliver: symbols, proofs, putting it together",
        List.of(
            Run.Jmh.of(
                "RecoveryBenchmark\\.(recoverUnproven|symbolWithProof|nextSymbolWithProof"
                    + "|symbolAlone|verifyProof)",
                "shards",
                1000,
                "blobBytes",
                lengths(1, 64))),
        List.of(
            new Comparison(
                Stream.of(MIB, 64 * MIB)
                    .flatMap(
                        bytes ->
                            Stream.of(
                                healed(
                                    "recover and verify a primary sliver",
                                    prefix + "recoverUnproven",
                                    "recoverAndVerifyPrimary",
                                    bytes,
                                    4),
                                healed(
                                    "a symbol with proof",
                                    prefix + "symbolWithProof",
                                    "symbolWithProof",
                                    bytes,
                                    4),
                                healed(
                                    "the next symbol of the same sliver",
                                    prefix + "nextSymbolWithProof",
                                    "symbolWithProof",
                                    bytes,
                                    50),
                                healed(
                                    "a symbol alone", prefix + "symbolAlone", "symbol", bytes, 0),
                                healed(
                                    "check a proof",
                                    prefix + "verifyProof",
                                    "verifyProof",
                                    bytes,
                                    0)))
                    .toList())),
        Optional.empty());
  }

  private static Topic hash() {
    String many = "HashBenchmark.manyMessages";
    String one = "HashBenchmark.oneMessage";
    List<Integer> lengths = List.of(2, 64, 1024, 4820);
    List<Rates.Row> rates = new ArrayList<>();
    for (int length : lengths) {
      String work = (1 + length) + " bytes";
      double blocks = blockBytes(length);
      boolean goal = length == 64 || length == 1024;
      rates.add(
          new Rates.Row(
              work,
              "Redstuff `LeafHasher`",
              "many messages in lanes",
              Query.of(many, "messageBytes", length, "engine", "selected"),
              blocks,
              goal ? 3.8 : 0));
      rates.add(
          rate(
              work,
              "the same, scalar engine",
              "many messages, one at a time",
              Query.of(many, "messageBytes", length, "engine", "scalar"),
              blocks));
      rates.add(
          rate(
              work,
              "Redstuff `Blake2b`",
              "one message, readable",
              Query.of(one, "messageBytes", length, "engine", "selected"),
              blocks));
      rates.add(
          peerRate(
              work,
              Peer.BOUNCY_CASTLE,
              Query.of("BouncyCastleBenchmark.hash", "messageBytes", length),
              blocks));
      rates.add(
          peerRate(
              work, Peer.LIB_B2, Query.of("LibB2Benchmark.hash", "messageBytes", length), blocks));
      rates.add(
          rate(
              work,
              "RustCrypto blake2 (reference)",
              "one message, as in the official encoder",
              Query.of("official.hash", "messageBytes", length),
              blocks));
      rates.add(
          rate(
              work,
              "blake2b_simd (reference)",
              "many messages in lanes, AVX-512VL",
              Query.of("official.hashBlake2bSimdMany", "messageBytes", length),
              blocks));
    }
    return new Topic(
        "hash",
        "BLAKE2b-256 of leaves, beside Bouncy Castle and libb2",
        List.of(
            Run.Jmh.of(many, "engine", "selected,scalar"),
            Run.Jmh.of(one),
            Run.Jmh.of("BouncyCastleBenchmark.hash"),
            Run.Jmh.of("LibB2Benchmark.hash")),
        List.of(new Rates("compressed blocks", rates)),
        Optional.of(
            new Chart(
                "BLAKE2b-256 of leaves, one thread",
                "bytes of a message, without its prefix",
                "compressed blocks, GB/s",
                true,
                false,
                0,
                List.of(
                    hashes(OURS, Query.of(many, "engine", "selected"), false),
                    hashes(SCALAR, Query.of(many, "engine", "scalar"), false),
                    hashes(
                        Peer.BOUNCY_CASTLE.label(), Query.of("BouncyCastleBenchmark.hash"), false),
                    hashes(Peer.LIB_B2.label(), Query.of("LibB2Benchmark.hash"), false),
                    hashes("RustCrypto (reference)", Query.of("official.hash"), true),
                    hashes(
                        "blake2b_simd, lanes (reference)",
                        Query.of("official.hashBlake2bSimdMany"),
                        true)))));
  }

  private static Topic threads() {
    List<Speedups.Row> rows = new ArrayList<>();
    for (String work : List.of("blobId", "encode")) {
      for (long bytes : List.of(MIB, 64 * MIB)) {
        Query one = Query.of("ThreadsBenchmark." + work, "blobBytes", bytes, "threads", 1);
        Query two = Query.of("ThreadsBenchmark." + work, "blobBytes", bytes, "threads", 2);
        String name = (work.equals("blobId") ? "blob id" : work) + ", " + size(bytes);
        rows.add(new Speedups.Row(name, one, two, 1.85));
      }
    }
    return new Topic(
        "threads",
        "one blob split across threads",
        List.of(
            Run.Jmh.of(
                "ThreadsBenchmark\\.(blobId|encode)",
                "shards",
                1000,
                "threads",
                "1,2",
                "blobBytes",
                lengths(1, 64))),
        List.of(new Speedups("one thread", "two threads", rows)),
        Optional.of(
            new Chart(
                "Threads, n = 1000",
                "threads",
                BLOB_RATE,
                false,
                false,
                0,
                Stream.of("blobId", "encode")
                    .flatMap(
                        work ->
                            Stream.of(MIB, 64 * MIB)
                                .map(
                                    bytes ->
                                        new Chart.Series(
                                            work + ", " + size(bytes),
                                            Query.of(
                                                "ThreadsBenchmark." + work, "blobBytes", bytes),
                                            "threads",
                                            m -> bytes / m.nanos() * 1000,
                                            false)))
                    .toList())));
  }

  private static Topic kernels() {
    int work = 1 << 19;
    List<Rates.Row> rows = new ArrayList<>();
    for (String engine : List.of("selected", "scalar")) {
      for (String kernel :
          List.of("forward", "forward4", "forward4General", "multiply", "enter", "leave")) {
        boolean two = kernel.startsWith("forward4");
        rows.add(
            rate(
                kernel,
                engine + " engine",
                two ? "two layers of the FFT" : "one pass",
                Query.of("FieldKernelBenchmark." + kernel, "rowBytes", 1024, "engine", engine),
                two ? 2.0 * work : work));
      }
    }
    return new Topic(
        "kernels",
        "the kernels of the additive FFT on rows of 1 KiB",
        List.of(
            Run.Jmh.of(
                "FieldKernelBenchmark\\.(forward|forward4|forward4General|multiply|enter|leave)",
                "rowBytes",
                1024,
                "workBytes",
                work,
                "engine",
                "selected,scalar")),
        List.of(new Rates("work bytes of each layer", rows)),
        Optional.empty());
  }

  private static Comparison.Row blob(
      String ours, String reference, int shards, long bytes, double atLeast) {
    return blob("", ours, reference, shards, bytes, atLeast);
  }

  private static Comparison.Row blob(
      String prefix, String ours, String reference, int shards, long bytes, double atLeast) {
    return Comparison.Row.of(
            prefix + name(shards, bytes),
            Query.of(ours, "shards", shards, "blobBytes", bytes, "engine", "selected"),
            Query.of("official." + reference, "shards", shards, "blobBytes", bytes),
            atLeast)
        .withWasm(Query.of("walrus-wasm." + reference, "shards", shards, "blobBytes", bytes));
  }

  private static Comparison.Row scalar(String ours, String reference, int shards, long bytes) {
    return Comparison.Row.of(
            "scalar engine, " + name(shards, bytes),
            Query.of(ours, "shards", shards, "blobBytes", bytes, "engine", "scalar"),
            Query.of("official." + reference, "shards", shards, "blobBytes", bytes),
            0)
        .withWasm(Query.of("walrus-wasm." + reference, "shards", shards, "blobBytes", bytes))
        .asFastAsWasm(1);
  }

  private static Comparison.Row decoded(
      String ours, String slivers, String check, int shards, long bytes, double atLeast) {
    String which =
        switch (slivers) {
          case "firstPrimaries" -> "source primaries";
          case "lastPrimaries" -> "recovery primaries";
          case "lastSecondaries" -> "last secondaries";
          default -> throw new IllegalArgumentException(slivers);
        };
    return Comparison.Row.of(
        which + (check.equals("SKIP") ? "" : " and check") + ", " + name(shards, bytes),
        Query.of(ours, "shards", shards, "blobBytes", bytes, "slivers", slivers, "check", check),
        Query.of(
            "official.decode",
            "shards",
            shards,
            "blobBytes",
            bytes,
            "slivers",
            slivers,
            "check",
            check),
        atLeast);
  }

  private static Comparison.Row codeword(
      String work, String ours, String reference, String shape, double atLeast) {
    return Comparison.Row.of(
        work + shape,
        Query.of(ours, "shape", shape, "engine", "selected"),
        Query.of("official." + reference, "shape", shape),
        atLeast);
  }

  private static Comparison.Row healed(
      String work, String ours, String reference, long bytes, double atLeast) {
    return Comparison.Row.of(
        work + ", " + size(bytes),
        Query.of(ours, "shards", 1000, "blobBytes", bytes),
        Query.of("official." + reference, "shards", 1000, "blobBytes", bytes),
        atLeast);
  }

  private static Rates.Row rate(
      String work, String who, String computes, Query query, double bytes) {
    return new Rates.Row(work, who, computes, query, bytes, 0);
  }

  private static Rates.Row peerRate(String work, Peer peer, Query query, double bytes) {
    return rate(work, peer.label(), peer.computes(), query, bytes);
  }

  private static Chart bySize(String title, Chart.Series... series) {
    // What a shorter blob takes hardly depends on its length: its rate says nothing.
    return new Chart(title, "blob, bytes", BLOB_RATE, true, true, SHORTEST_DRAWN, List.of(series));
  }

  private static Chart.Series blobs(String label, Query query, boolean reference) {
    return new Chart.Series(
        label,
        query,
        "blobBytes",
        m -> m.number("blobBytes").orElseThrow() / m.nanos() * 1000,
        reference);
  }

  private static Chart.Series byShards(String label, Query query, long bytes) {
    return new Chart.Series(label, query, "shards", m -> bytes / m.nanos() * 1000, false);
  }

  private static Chart.Series hashes(String label, Query query, boolean reference) {
    return new Chart.Series(
        label,
        query,
        "messageBytes",
        m -> blockBytes(m.number("messageBytes").orElseThrow()) / m.nanos(),
        reference);
  }

  /** Bytes of the blocks that are compressed for a message and its prefix byte. */
  private static double blockBytes(long messageBytes) {
    return BLOCK_BYTES * (double) Math.ceilDiv(1 + messageBytes, (long) BLOCK_BYTES);
  }

  private static double codewordBytes(String shape) {
    String[] parts = shape.split(":", -1);
    return (Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]))
        * Double.parseDouble(parts[2]);
  }

  private static String name(int shards, long bytes) {
    return "n = " + shards + ", " + size(bytes);
  }

  private static String size(long bytes) {
    return bytes < MIB ? bytes + " B" : bytes / MIB + " MiB";
  }

  /** Lengths in MiB as values of a parameter; 0 stands for one byte. */
  private static String lengths(int... mebibytes) {
    List<String> lengths = new ArrayList<>();
    for (int length : mebibytes) {
      lengths.add(Long.toString(length == 0 ? 1 : length * MIB));
    }
    return String.join(",", lengths);
  }
}
