package io.redstuff.cli.io;

import io.redstuff.store.NamedIoException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * File names that each end with a zero byte, as {@code find -print0} writes them. They are read as
 * they are asked for. What is wrong with a name, or with the list itself, comes in the place of the
 * name.
 */
public final class NameList implements Iterator<BlobName> {

  /** Longer than any system has names: the list must be something else. */
  private static final int LONGEST_NAME = 1 << 16;

  private final String list;
  private final InputStream in;
  private long number;
  private boolean ended;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** As the JVM reads and writes file names; unlike it, this refuses what it does not know. */
  private final CharsetDecoder decoder =
      Charset.forName(System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()))
          .newDecoder();

  private BlobName next;

  /** The names that {@code in} has; {@code list} is what complaints call it. */
  public NameList(String list, InputStream in) {
    this.list = list;
    this.in = new BufferedInputStream(in);
  }

  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      next = read();
    }
    return next != null;
  }

  @Override
  public BlobName next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    BlobName name = next;
    next = null;
    return name;
  }

  /** The next name; null if there is none. */
  private BlobName read() {
    number++;
    try {
      return readBytes() ? decode() : null;
    } catch (IOException e) {
      ended = true;
      return BlobName.wrong(list, new NamedIoException(list, e));
    } catch (CommandException e) {
      return BlobName.wrong(list, e);
    }
  }

  /** Reads up to the next zero byte or the end; false if there is nothing before the end. */
  private boolean readBytes() throws IOException, CommandException {
    bytes.reset();
    int b;
    for (b = in.read(); b > 0; b = in.read()) {
      bytes.write(b);
      if (bytes.size() > LONGEST_NAME) {
        ended = true;
        throw CommandException.usage(
            "%s: name %s has more than %s bytes, expected names that each end with a zero byte"
                .formatted(list, number, LONGEST_NAME));
      }
    }
    ended = b < 0;
    return !ended || bytes.size() > 0;
  }

  private BlobName decode() throws CommandException {
    if (bytes.size() == 0) {
      throw CommandException.usage("%s: name %s is empty".formatted(list, number));
    }
    try {
      return BlobName.of(decoder.decode(ByteBuffer.wrap(bytes.toByteArray())).toString());
    } catch (CharacterCodingException e) {
      throw CommandException.usage(
          "%s: name %s is not a file name in this locale: %s"
              .formatted(list, number, bytes.toString(decoder.charset())),
          e);
    }
  }
}
