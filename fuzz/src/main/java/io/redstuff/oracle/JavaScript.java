package io.redstuff.oracle;

import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a module made by wasm-bindgen imports of JavaScript, as far as this one needs it.
 *
 * <p>A JavaScript value is a Java object: {@code undefined} is {@link #UNDEFINED}, {@code null} is
 * {@link #NULL}, a number a {@link Double}, a bigint a {@link Long}, a {@code Uint8Array} a {@code
 * byte[]}, an array a {@link List}, another object a {@link Map}. The module sees its place in a
 * list.
 */
final class JavaScript {
  static final Object UNDEFINED = new Object();
  private static final Object NULL = new Object();
  private static final List<Object> CONSTANTS = List.of(UNDEFINED, NULL, true, false);

  private static final long[] NOTHING = {};
  private static final int NEITHER = 0xFFFFFF;

  private final List<Object> values = new ArrayList<>(CONSTANTS);
  private final BitSet held = new BitSet();
  private int allHeldBelow;
  private final Map<String, Import> imports = new HashMap<>();

  @FunctionalInterface
  private interface Import {
    long[] call(Instance wasm, long[] arguments);
  }

  JavaScript() {
    held.set(0, CONSTANTS.size());
    addTests();
    addContainers();
    addBytesAndText();
    imports.put("__wbindgen_init_externref_table", (wasm, a) -> initTable(wasm));
  }

  /** Returns functions for everything that a module imports. */
  List<ImportFunction> functionsFor(WasmModule module) {
    return module.importSection().stream()
        .map(FunctionImport.class::cast)
        .<ImportFunction>map(
            wanted -> {
              String name = wanted.name();
              Import function = imports.get(name);
              return new HostFunction(
                  wanted.module(),
                  name,
                  module.typeSection().getType(wanted.typeIndex()),
                  function != null ? function::call : (wasm, a) -> unsupported(name));
            })
        .toList();
  }

  /** Makes a value known to the module. */
  long put(Object value) {
    int free = held.nextClearBit(allHeldBelow);
    held.set(free);
    allHeldBelow = free + 1;
    if (free == values.size()) {
      values.add(value);
    } else {
      values.set(free, value);
    }
    return free;
  }

  Object get(long place) {
    return values.get(Math.toIntExact(place));
  }

  /**
   * Forgets all values that the module does not hold in its table; some, such as names of fields,
   * it keeps from call to call. Not while a call is going on.
   */
  void forgetValues(TableInstance table) {
    held.clear(CONSTANTS.size(), values.size());
    for (int i = 0; i < table.size(); i++) {
      if (table.ref(i) >= 0) {
        held.set(table.ref(i));
      }
    }
    allHeldBelow = 0;
    for (int i = held.nextClearBit(0); i < values.size(); i = held.nextClearBit(i + 1)) {
      values.set(i, UNDEFINED);
    }
  }

  private long[] reference(Object value) {
    return new long[] {put(value)};
  }

  private static long[] number(long value) {
    return new long[] {value};
  }

  private static long[] truth(boolean value) {
    return number(value ? 1 : 0);
  }

  private static long[] unsupported(String name) {
    throw new OfficialEncoderException("the module calls " + name + ", which is not there");
  }

  private void addTests() {
    imports.put(
        "__wbg___wbindgen_boolean_get_6d5a1ee65bab5f68",
        (wasm, a) -> get(a[0]) instanceof Boolean b ? truth(b) : number(NEITHER));
    imports.put("__wbg___wbindgen_is_function_ee8a6c5833c90377", (wasm, a) -> truth(false));
    imports.put(
        "__wbg___wbindgen_is_object_c818261d21f283a4",
        (wasm, a) -> {
          Object value = get(a[0]);
          return truth(value instanceof Map || value instanceof List || value instanceof byte[]);
        });
    imports.put(
        "__wbg___wbindgen_jsval_loose_eq_b664b38a2f582147",
        (wasm, a) -> truth(get(a[0]).equals(get(a[1]))));
    imports.put("__wbg_instanceof_ArrayBuffer_70beb1189ca63b38", (wasm, a) -> truth(false));
    imports.put(
        "__wbg_instanceof_Uint8Array_20c8e73002f7af98",
        (wasm, a) -> truth(get(a[0]) instanceof byte[]));
    imports.put("__wbg_isArray_96e0af9891d0945d", (wasm, a) -> truth(get(a[0]) instanceof List<?>));
    imports.put(
        "__wbg_isSafeInteger_d216eda7911dde36",
        (wasm, a) ->
            truth(
                get(a[0]) instanceof Double d
                    && Math.rint(d) == d
                    && Math.abs(d) < (double) (1L << 53)));
    imports.put(
        "__wbg___wbindgen_number_get_a20bf9b85341449d",
        (wasm, a) -> {
          int at = (int) a[0];
          boolean is = get(a[1]) instanceof Double;
          wasm.memory().writeF64(at + Double.BYTES, get(a[1]) instanceof Double d ? d : 0);
          wasm.memory().writeI32(at, is ? 1 : 0);
          return NOTHING;
        });
    imports.put(
        "__wbg___wbindgen_string_get_e4f06c90489ad01b",
        (wasm, a) -> {
          if (get(a[1]) instanceof String text) {
            writeText(wasm, a[0], text);
          } else {
            wasm.memory().writeI32((int) a[0], 0);
          }
          return NOTHING;
        });
  }

  private void addContainers() {
    imports.put("__wbg_new_1acc0b6eea89d040", (wasm, a) -> reference(new LinkedHashMap<>()));
    imports.put("__wbg_new_e17d9f43105b08be", (wasm, a) -> reference(new ArrayList<>()));
    imports.put("__wbg_length_69bca3cb64fc8748", (wasm, a) -> number(length(get(a[0]))));
    imports.put("__wbg_length_cdd215e10d9dd507", (wasm, a) -> number(length(get(a[0]))));
    imports.put(
        "__wbg_get_7bed016f185add81",
        (wasm, a) -> {
          List<?> list = (List<?>) get(a[0]);
          int index = (int) a[1];
          return index < list.size() ? reference(list.get(index)) : number(0);
        });
    imports.put(
        "__wbg_set_3fda3bac07393de4",
        (wasm, a) -> {
          object(get(a[0])).put((String) get(a[1]), get(a[2]));
          return NOTHING;
        });
    imports.put(
        "__wbg_set_c213c871859d6500",
        (wasm, a) -> {
          List<Object> list = array(get(a[0]));
          int index = (int) a[1];
          while (list.size() <= index) {
            list.add(UNDEFINED);
          }
          list.set(index, get(a[2]));
          return NOTHING;
        });
    imports.put(
        "__wbindgen_cast_d6cd19b81560fd6e", (wasm, a) -> reference(Double.longBitsToDouble(a[0])));
    imports.put("__wbindgen_cast_4625c577ab2ec9ee", (wasm, a) -> reference(a[0]));
  }

  private void addBytesAndText() {
    imports.put(
        "__wbg_new_5a79be3ab53b8aa5",
        (wasm, a) -> {
          List<?> numbers = (List<?>) get(a[0]);
          byte[] bytes = new byte[numbers.size()];
          for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ((Number) numbers.get(i)).byteValue();
          }
          return reference(bytes);
        });
    imports.put(
        "__wbg_prototypesetcall_2a6620b6922694b2",
        (wasm, a) -> {
          wasm.memory().write((int) a[0], (byte[]) get(a[2]), 0, (int) a[1]);
          return NOTHING;
        });
    imports.put(
        "__wbg_set_9e6516df7b7d0f19",
        (wasm, a) -> {
          byte[] from = wasm.memory().readBytes((int) a[1], (int) a[2]);
          System.arraycopy(from, 0, (byte[]) get(a[0]), 0, from.length);
          return NOTHING;
        });
    imports.put("__wbindgen_cast_2241b6af4c4b2941", (wasm, a) -> reference(readText(wasm, a, 0)));
    imports.put("__wbg_Error_e83987f665cf5504", (wasm, a) -> reference(readText(wasm, a, 0)));
    imports.put(
        "__wbg___wbindgen_throw_b855445ff6a94295",
        (wasm, a) -> {
          throw new OfficialEncoderException(readText(wasm, a, 0));
        });
    for (String name :
        List.of(
            "__wbg_String_fed4d24b68977888", "__wbg___wbindgen_debug_string_df47ffb5e35e6763")) {
      imports.put(
          name,
          (wasm, a) -> {
            writeText(wasm, a[0], String.valueOf(get(a[1])));
            return NOTHING;
          });
    }
  }

  private static long[] initTable(Instance wasm) {
    TableInstance table = wasm.exports().table("__wbindgen_externrefs");
    int offset = table.grow(CONSTANTS.size(), 0, wasm);
    table.setRef(0, 0, wasm);
    for (int i = 0; i < CONSTANTS.size(); i++) {
      table.setRef(offset + i, i, wasm);
    }
    return NOTHING;
  }

  private static int length(Object value) {
    return value instanceof byte[] bytes ? bytes.length : array(value).size();
  }

  @SuppressWarnings("unchecked")
  private static List<Object> array(Object value) {
    return (List<Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  private static String readText(Instance wasm, long[] arguments, int first) {
    byte[] bytes = wasm.memory().readBytes((int) arguments[first], (int) arguments[first + 1]);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Writes address and length of a text, which the module frees, to {@code at}. */
  private static void writeText(Instance wasm, long at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ExportFunction malloc = wasm.export("__wbindgen_malloc");
    long address = malloc.apply(bytes.length, 1)[0];
    wasm.memory().write((int) address, bytes);
    wasm.memory().writeI32((int) at, (int) address);
    wasm.memory().writeI32((int) at + Integer.BYTES, bytes.length);
  }
}
