package io.redstuff.quilt;

import io.redstuff.EncodingParameters;
import io.redstuff.error.MalformedDataException;
import io.redstuff.stream.BlobSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** The columns of a quilt of which the whole blob is at hand. */
final class BlobColumns extends Columns<RuntimeException> {
  private final BlobSource blob;
  private final int symbolSize;
  private final long rowBytes;

  private BlobColumns(EncodingParameters parameters, BlobSource blob, int symbolSize) {
    super(parameters, symbolSize);
    this.blob = blob;
    this.symbolSize = symbolSize;
    this.rowBytes = (long) parameters.secondarySourceSymbols() * symbolSize;
  }

  static BlobColumns of(EncodingParameters parameters, BlobSource blob)
      throws MalformedDataException {
    return new BlobColumns(parameters, blob, symbolSize(parameters, blob.length()));
  }

  /**
   * Returns the symbol size of a quilt, which fills its matrix to the last byte.
   *
   * @throws MalformedDataException if a blob of this length is no quilt
   */
  static int symbolSize(EncodingParameters parameters, long length) throws MalformedDataException {
    if (length > parameters.maxBlobLength() || length != parameters.paddedLength(length)) {
      throw new MalformedDataException(
          length,
          "quilt: got %s bytes, expected k1 * k2 = %s symbols of an even number of bytes, up to %s"
              .formatted(
                  length,
                  parameters.maxBlobLength() / EncodingParameters.MAX_SYMBOL_SIZE,
                  EncodingParameters.MAX_SYMBOL_SIZE));
    }
    return parameters.symbolSize(length);
  }

  @Override
  void read(int column, long offset, MemorySegment target) throws IOException {
    for (long done = 0; done < target.byteSize(); ) {
      long row = (offset + done) / symbolSize;
      long inSymbol = (offset + done) % symbolSize;
      long bytes = Math.min(symbolSize - inSymbol, target.byteSize() - done);
      blob.read(
          row * rowBytes + (long) column * symbolSize + inSymbol, target.asSlice(done, bytes));
      done += bytes;
    }
  }
}
