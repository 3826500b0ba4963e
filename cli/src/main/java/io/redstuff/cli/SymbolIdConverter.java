package io.redstuff.cli;

import io.redstuff.SymbolId;
import io.redstuff.error.MalformedDataException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the id of a symbol from the command line. */
final class SymbolIdConverter implements ITypeConverter<SymbolId> {

  SymbolIdConverter() {}

  @Override
  public SymbolId convert(String text) {
    try {
      return SymbolId.parse(text);
    } catch (MalformedDataException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
