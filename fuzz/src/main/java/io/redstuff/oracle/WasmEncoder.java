package io.redstuff.oracle;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The official encoder inside this JVM: its WebAssembly module, compiled to bytecode by Chicory. Of
 * the module's functions the BLS signatures are left out, which Redstuff does not have.
 */
public final class WasmEncoder implements OfficialEncoder {
  private static final int VALUE = 0;
  private static final int HASH_BYTES = 32;

  private final WasmModule module;
  private final Function<Instance, Machine> machines;
  private JavaScript script;
  private Instance wasm;

  private WasmEncoder(WasmModule module) {
    this.module = module;
    this.machines = MachineFactoryCompiler.compile(module);
    start();
  }

  public static WasmEncoder of(OfficialPackage official) throws IOException {
    return new WasmEncoder(Parser.parse(official.module()));
  }

  private void start() {
    script = new JavaScript();
    wasm =
        Instance.builder(module)
            .withImportValues(
                ImportValues.builder().withFunctions(script.functionsFor(module)).build())
            .withMachineFactory(machines)
            .withMemoryFactory(ByteArrayMemory::new)
            .build();
    wasm.export("__wbindgen_start").apply();
  }

  @Override
  public OfficialEncoding encode(int shards, byte[] blob) {
    return withEncoder(
        shards,
        encoder -> {
          List<byte[]> primaries = buffers(shards, blob.length, Axis.PRIMARY);
          List<byte[]> secondaries = buffers(shards, blob.length, Axis.SECONDARY);
          List<?> result =
              (List<?>)
                  call(
                      "blobencoder_encode",
                      encoder,
                      script.put(blob),
                      script.put(primaries),
                      script.put(secondaries));
          return new OfficialEncoding(
              metadata((Map<?, ?>) result.get(0)),
              digest(result.get(1)),
              joined(primaries),
              joined(secondaries));
        });
  }

  @Override
  public OfficialDescription describe(int shards, byte[] blob) {
    return withEncoder(
        shards,
        encoder -> {
          List<?> result =
              (List<?>) call("blobencoder_compute_metadata", encoder, script.put(blob));
          checkType(result.get(3));
          return new OfficialDescription(
              bytes(result.get(0)), digest(result.get(1)), integer(result.get(2)));
        });
  }

  @Override
  public byte[] decode(int shards, byte[] blobId, int blobLength, List<byte[]> primaries) {
    return withEncoder(
        shards,
        encoder -> {
          List<Double> id = new ArrayList<>();
          for (byte b : blobId) {
            id.add((double) Byte.toUnsignedInt(b));
          }
          byte[] blob = new byte[blobLength];
          long slivers = references(primaries);
          long[] outcome =
              wasm.export("blobencoder_decode")
                  .apply(
                      encoder,
                      script.put(id),
                      blobLength,
                      slivers,
                      primaries.size(),
                      script.put(blob));
          if (outcome[1] != 0) {
            throw refusal(outcome[0]);
          }
          return blob;
        });
  }

  @Override
  public void close() {
    // all of it is on the heap
  }

  /** An error that the module returned. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refusal(String message) {
      super(message);
    }
  }

  private interface Use<T> {
    T with(long encoder);
  }

  /**
   * Does one thing with an encoder for {@code shards}. The module stays usable after it refused in
   * the regular way; after anything else the next call starts a new one.
   */
  private <T> T withEncoder(int shards, Use<T> use) {
    if (wasm == null) {
      start();
    }
    boolean usable = false;
    try {
      long encoder = created(wasm.export("blobencoder_new").apply(shards));
      try {
        T result = use.with(encoder);
        usable = true;
        return result;
      } catch (Refusal e) {
        usable = true;
        throw new OfficialEncoderException(e.getMessage(), e);
      } finally {
        if (usable) {
          wasm.export("__wbg_blobencoder_free").apply(encoder, 0);
          script.forgetValues(table());
        }
      }
    } catch (ChicoryException e) {
      throw new OfficialEncoderException("the module trapped: " + e.getMessage(), e);
    } finally {
      if (!usable) {
        wasm = null;
      }
    }
  }

  private long created(long[] outcome) {
    if (outcome[2] != 0) {
      throw refusal(outcome[1]);
    }
    return outcome[VALUE];
  }

  private Object call(String function, long... arguments) {
    long[] outcome = wasm.export(function).apply(arguments);
    if (outcome[2] != 0) {
      throw refusal(outcome[1]);
    }
    return take(outcome[VALUE]);
  }

  private Refusal refusal(long index) {
    return new Refusal(String.valueOf(take(index)));
  }

  private TableInstance table() {
    return wasm.exports().table("__wbindgen_externrefs");
  }

  private Object take(long index) {
    Object value = script.get(table().ref((int) index));
    wasm.export("__externref_table_dealloc").apply(index);
    return value;
  }

  /** Returns the address of an array of table entries, which the module frees. */
  private long references(List<byte[]> slivers) {
    long at = wasm.export("__wbindgen_malloc").apply(4L * slivers.size(), 4)[0];
    for (int i = 0; i < slivers.size(); i++) {
      int entry = (int) wasm.export("__externref_table_alloc").apply()[0];
      table().setRef(entry, (int) script.put(slivers.get(i)), wasm);
      wasm.memory().writeI32((int) at + 4 * i, entry);
    }
    return at;
  }

  private static List<byte[]> buffers(int shards, int blobLength, Axis axis) {
    EncodingParameters parameters = EncodingParameters.forShards(shards);
    // A blob that is too long is for the official encoder to refuse, whatever the buffers.
    int size = parameters.symbolSize(Math.min(blobLength, parameters.maxBlobLength()));
    int symbols = Math.toIntExact(parameters.sliverLength(axis, size));
    int length =
        Math.toIntExact(Sliver.copyOf(new SliverId(axis, 0), size, new byte[symbols]).bcsLength());
    List<byte[]> buffers = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      buffers.add(new byte[length]);
    }
    return buffers;
  }

  private static byte[] joined(List<byte[]> slivers) {
    ByteBuffer all = ByteBuffer.allocate(slivers.size() * slivers.getFirst().length);
    slivers.forEach(all::put);
    return all.array();
  }

  /** Returns the BCS of metadata that the module gives as an object. */
  private static byte[] metadata(Map<?, ?> described) {
    Map<?, ?> metadata = (Map<?, ?>) ((Map<?, ?>) described.get("metadata")).get("V1");
    checkType(metadata.get("encoding_type"));
    List<?> hashes = (List<?>) metadata.get("hashes");
    OfficialMetadata bcs =
        new OfficialMetadata(
            bytes(described.get("blob_id")),
            integer(metadata.get("unencoded_length")),
            hashes.size());
    for (Object pair : hashes) {
      bcs.addPair(
          digest(((Map<?, ?>) pair).get("primary_hash")),
          digest(((Map<?, ?>) pair).get("secondary_hash")));
    }
    return bcs.toBytes();
  }

  private static void checkType(Object type) {
    if (!OfficialDescription.ENCODING_TYPE.equals(type)) {
      throw new OfficialEncoderException(
          "encoding type: got " + type + ", expected " + OfficialDescription.ENCODING_TYPE);
    }
  }

  private static byte[] digest(Object node) {
    return bytes(((Map<?, ?>) node).get("Digest"));
  }

  private static long integer(Object number) {
    return ((Number) number).longValue();
  }

  private static byte[] bytes(Object numbers) {
    if (numbers instanceof byte[] already) {
      return already;
    }
    List<?> list = (List<?>) numbers;
    if (list.size() != HASH_BYTES) {
      throw new OfficialEncoderException(
          "hash: got " + list.size() + " bytes, expected " + HASH_BYTES);
    }
    byte[] bytes = new byte[HASH_BYTES];
    for (int i = 0; i < HASH_BYTES; i++) {
      bytes[i] = ((Number) list.get(i)).byteValue();
    }
    return bytes;
  }
}
