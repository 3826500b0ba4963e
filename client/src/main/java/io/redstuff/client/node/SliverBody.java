package io.redstuff.client.node;

import io.redstuff.Sliver;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Sends a sliver from where its symbols lie, a piece at a time. */
final class SliverBody {
  private static final int PIECE = 64 << 10;

  private SliverBody() {}

  static BodyPublisher of(Sliver sliver) {
    MemorySegment symbols = sliver.segment();
    BodyPublisher pieces = BodyPublishers.ofByteArrays(() -> new Pieces(symbols));
    return BodyPublishers.concat(
        BodyPublishers.ofByteArray(Sliver.bcsHeader(symbols.byteSize())),
        BodyPublishers.fromPublisher(pieces, symbols.byteSize()),
        BodyPublishers.ofByteArray(Sliver.bcsTrailer(sliver.id(), sliver.symbolSize())));
  }

  private static final class Pieces implements Iterator<byte[]> {
    private final MemorySegment symbols;
    private long done;

    Pieces(MemorySegment symbols) {
      this.symbols = symbols;
    }

    @Override
    public boolean hasNext() {
      return done < symbols.byteSize();
    }

    @Override
    public byte[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      long length = Math.min(PIECE, symbols.byteSize() - done);
      byte[] piece = symbols.asSlice(done, length).toArray(ValueLayout.JAVA_BYTE);
      done += length;
      return piece;
    }
  }
}
