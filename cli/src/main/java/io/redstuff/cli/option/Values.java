package io.redstuff.cli.option;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.SymbolId;
import io.redstuff.audit.AuditHash;
import io.redstuff.chain.Frost;
import io.redstuff.cli.show.Text;
import io.redstuff.error.MalformedDataException;
import io.redstuff.quilt.QuiltPatchId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Reads values from the command line. */
public final class Values {
  private Values() {}

  /** Has {@code commandLine} read all kinds of values that commands ask for. */
  public static void register(CommandLine commandLine) {
    commandLine
        .registerConverter(Path.class, Values::path)
        .registerConverter(BlobId.class, refusing(BlobId::parse))
        .registerConverter(ObjectId.class, refusing(ObjectId::parse))
        .registerConverter(SuiAddress.class, refusing(SuiAddress::parse))
        .registerConverter(QuiltPatchId.class, refusing(QuiltPatchId::parse))
        .registerConverter(SymbolId.class, refusing(SymbolId::parse))
        .registerConverter(Frost.class, refusing(Frost::parse))
        .registerConverter(AuditHash.class, refusing(Values::hash))
        .registerConverter(ByteRange.class, ByteRange::parse)
        .registerConverter(PairRange.class, PairRange::parse)
        .registerConverter(ByteSize.class, ByteSize::parse)
        .registerConverter(Fraction.class, Fraction::parse)
        .registerConverter(Confidence.class, Confidence::parse);
  }

  /** Reads 32 bytes in hexadecimal digits, as others write them, too: without the 0x. */
  private static AuditHash hash(String text) throws MalformedDataException {
    return AuditHash.parse(text.startsWith("0x") ? text : "0x" + text);
  }

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("got '', expected a file name");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(Text.reason(e));
    }
  }

  /** Reads a text that has one form. */
  @FunctionalInterface
  private interface Parser<T> {
    T parse(String text) throws MalformedDataException;
  }

  private static <T> CommandLine.ITypeConverter<T> refusing(Parser<T> parser) {
    return text -> {
      try {
        return parser.parse(text);
      } catch (MalformedDataException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }
}
