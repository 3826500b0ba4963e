package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.cli.io.Session;
import io.redstuff.cli.show.Progress;
import io.redstuff.store.CreatedFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code blob-id} of many files. */
class BlobIdListTest {

  @TempDir private Path directory;

  private static byte[] list(Object... names) {
    StringBuilder list = new StringBuilder();
    for (Object name : names) {
      list.append(name).append('\0');
    }
    return list.toString().getBytes(UTF_8);
  }

  private Path listFile(Object... names) throws IOException {
    return Files.write(directory.resolve("list"), list(names));
  }

  /** Files of many lengths; the last has more than a mebibyte. */
  private List<Path> files(int count) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(TestFiles.random(directory, i % 5 == 4 ? i * 1000 : i * 3, i));
    }
    files.add(TestFiles.random(directory, 1_100_000, 1));
    return files;
  }

  /** What the command prints for the files one by one. */
  private static String oneByOne(List<Path> files) {
    StringBuilder lines = new StringBuilder();
    for (Path file : files) {
      lines.append(Cli.run("blob-id", "-n", 12, file).out());
    }
    return lines.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void linesComeInTheOrderOfTheFiles(int threads) throws IOException {
    List<Path> files = files(30);
    String expected = oneByOne(files);
    Object[] command = {"blob-id", "-n", 12, "--threads", threads};
    Cli named = Cli.run(Stream.concat(Stream.of(command), files.stream()).toArray());
    assertEquals(expected, named.out());
    assertEquals("", named.err());
    assertEquals(0, named.exitCode());
    Object[] listing = Stream.concat(Stream.of(command), Stream.of("--files0-from")).toArray();
    Cli listed =
        Cli.run(Stream.concat(Stream.of(listing), Stream.of(listFile(files.toArray()))).toArray());
    assertEquals(expected, listed.out());
    assertEquals(0, listed.exitCode());
    Cli piped =
        Cli.withInput(
            list(files.toArray()), Stream.concat(Stream.of(listing), Stream.of("-")).toArray());
    assertEquals(expected, piped.out());
    assertEquals(0, piped.exitCode());
  }

  @Test
  void theLastNameNeedsNoZeroByteAndAnEmptyListIsNoFailure() throws IOException {
    Path file = TestFiles.walrus(directory);
    String line = TestFiles.WALRUS_ID + "  " + file + "\n";
    byte[] names = (file + "\0" + file).getBytes(UTF_8);
    Cli run = Cli.withInput(names, "blob-id", "-n", 10, "--files0-from", "-");
    assertEquals(line + line, run.out());
    Cli empty = Cli.withInput(new byte[0], "blob-id", "--files0-from=-");
    assertEquals("", empty.out() + empty.err());
    assertEquals(0, empty.exitCode());
  }

  @Test
  void whatIsWrongIsSaidInItsPlaceAndTheOthersGoOn() throws IOException {
    Path file = TestFiles.walrus(directory);
    Path missing = directory.resolve("missing");
    Path odd = Files.write(directory.resolve("a\nb"), TestFiles.WALRUS);
    Path list = listFile(missing, file, "", directory, "-", "-", odd);
    Cli run = Cli.withInput(TestFiles.WALRUS, "blob-id", "-n", 10, "--files0-from", list);
    assertEquals(
        TestFiles.WALRUS_ID
            + "  "
            + file
            + "\n"
            + TestFiles.WALRUS_ID
            + "  -\n\\"
            + TestFiles.WALRUS_ID
            + "  "
            + directory
            + "/a\\nb\n",
        run.out());
    assertEquals(
        List.of(
            "redstuff: " + missing + ": no such file or directory",
            "redstuff: " + list + ": name 3 is empty",
            "redstuff: " + directory + ": is a directory",
            "redstuff: standard input: is wanted twice"),
        run.errLines());
    assertEquals(2, run.exitCode());
  }

  @Test
  void standardInputIsEitherTheListOrABlob() throws IOException {
    Path file = TestFiles.walrus(directory);
    Cli run = Cli.withInput(list("-", file), "blob-id", "-n", 10, "--files0-from", "-");
    assertEquals(TestFiles.WALRUS_ID + "  " + file + "\n", run.out());
    assertEquals(List.of("redstuff: standard input: is wanted twice"), run.errLines());
    assertEquals(2, run.exitCode());
  }

  @Test
  void aListThatIsNoneIsRefused() throws IOException {
    Path missing = directory.resolve("missing");
    Cli run = Cli.run("blob-id", "--files0-from", missing);
    assertEquals(List.of("redstuff: " + missing + ": no such file or directory"), run.errLines());
    assertEquals(2, run.exitCode());
    run = Cli.run("blob-id", "--files0-from", directory);
    assertEquals(
        List.of(
            "redstuff: "
                + directory
                + ": "
                + TestFiles.refusal(() -> Files.readAllBytes(directory))),
        run.errLines());
    assertEquals(2, run.exitCode());
    Path lines = Files.writeString(directory.resolve("lines"), "a\0" + "b\n".repeat(50_000));
    run = Cli.run("blob-id", "-n", 10, "--files0-from", lines);
    assertEquals(
        List.of(
            "redstuff: a: no such file or directory",
            "redstuff: "
                + lines
                + ": name 2 has more than 65536 bytes, expected names that each end with a zero"
                + " byte"),
        run.errLines());
    assertEquals(2, run.exitCode());
  }

  @Test
  void namesAreGivenInOneWay() throws IOException {
    Cli run = Cli.run("blob-id", "--files0-from", listFile("x"), "y");
    assertEquals(
        List.of(
            "redstuff: files cannot be named together with --files0-from - see 'redstuff blob-id"
                + " --help'"),
        run.errLines());
    assertEquals(2, run.exitCode());
  }

  /** Reads a list whose end is far away, and counts. */
  private static final class Endless extends InputStream {
    private final byte[] name;
    long read;

    Endless(byte[] name) {
      this.name = name;
    }

    @Override
    public int read() {
      return name[(int) (read++ % name.length)];
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int count = Math.min(length, name.length);
      for (int i = 0; i < count; i++) {
        buffer[offset + i] = (byte) read();
      }
      return count;
    }
  }

  private static Session session(OutputStream out, OutputStream err, InputStream in) {
    return new Session(
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        in,
        new CreatedFiles(),
        Progress.NONE);
  }

  /** As {@code ... | head -3} does: nobody reads on, and names without end follow. */
  @Test
  void endsWhenNobodyTakesTheOutput() throws IOException {
    Path file = TestFiles.walrus(directory);
    Endless names = new Endless(list(file));
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    OutputStream head =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            if (taken.size() >= 300) {
              throw new IOException("broken pipe");
            }
            taken.write(b);
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertEquals(
        2, Main.run(session(head, err, names), "blob-id", "-n", "10", "--files0-from", "-"));
    assertEquals("redstuff: standard output: write failed\n", err.toString(UTF_8));
    assertTrue(taken.toString(UTF_8).startsWith(TestFiles.WALRUS_ID), taken.toString(UTF_8));
  }

  /** The first lines are out before the last name is in. */
  @Test
  void namesAreReadAsTheWorkGoesOn() throws IOException {
    Path file = TestFiles.walrus(directory);
    byte[] name = list(file);
    int count = 1000;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int[] printedAtTheEnd = new int[1];
    InputStream names =
        new InputStream() {
          private int given;

          @Override
          public int read() {
            throw new UnsupportedOperationException("reads one byte");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            if (given == count) {
              printedAtTheEnd[0] = out.size();
              return -1;
            }
            given++;
            System.arraycopy(name, 0, buffer, offset, name.length);
            return name.length;
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertEquals(
        0, Main.run(session(out, err, names), "blob-id", "-n", "10", "--files0-from", "-"));
    int line = (TestFiles.WALRUS_ID + "  " + file + "\n").length();
    assertEquals(count * line, out.size());
    int ahead = 32 * Runtime.getRuntime().availableProcessors();
    assertTrue(printedAtTheEnd[0] >= (count - ahead) * line, printedAtTheEnd[0] + " bytes");
    assertFalse(out.toString(UTF_8).contains("\\"));
  }
}
