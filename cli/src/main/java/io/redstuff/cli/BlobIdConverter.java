package io.redstuff.cli;

import io.redstuff.BlobId;
import io.redstuff.error.MalformedDataException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a blob id from the command line. */
final class BlobIdConverter implements ITypeConverter<BlobId> {

  BlobIdConverter() {}

  @Override
  public BlobId convert(String text) {
    try {
      return BlobId.parse(text);
    } catch (MalformedDataException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
