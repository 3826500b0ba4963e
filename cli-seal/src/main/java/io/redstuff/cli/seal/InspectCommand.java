package io.redstuff.cli.seal;

import io.redstuff.ObjectId;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.show.Json;
import io.redstuff.error.RedStuffException;
import io.redstuff.seal.EncryptedObject;
import io.redstuff.seal.container.SealedHeader;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff seal inspect}: what can be seen of a sealed file without keys. */
@Command(
    name = "inspect",
    header = "Show what everybody can see of a sealed file.",
    description = {
      "",
      "To whom it is sealed, with which servers, and how long it is. Nothing of it is authenticated"
          + " without the keys.",
      ""
    })
final class InspectCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Parameters(paramLabel = "FILE", description = "Sealed file; '-' is standard input.")
  private String operand;

  InspectCommand(Session session) {
    this.session = session;
  }

  /** What is shown; its components are the JSON. */
  record Shown(
      String kind,
      String packageId,
      String id,
      int threshold,
      List<String> servers,
      String cipher,
      long contentLength,
      int segmentBytes) {
    private static Shown of(String kind, EncryptedObject object, long length, int segmentBytes) {
      return new Shown(
          kind,
          object.identity().packageId().toString(),
          HexFormat.of().formatHex(object.identity().id()),
          object.threshold(),
          object.servers().stream().map(ObjectId::toString).toList(),
          object.cipher().name().toLowerCase(Locale.ROOT),
          length,
          segmentBytes);
    }

    String toText() {
      StringBuilder text = new StringBuilder();
      text.append("%s of %s bytes%n".formatted(kind, contentLength));
      text.append("package    %s%n".formatted(packageId));
      text.append("id         %s%n".formatted(id));
      text.append("threshold  %s of %s shares%n".formatted(threshold, servers.size()));
      servers.forEach(server -> text.append("server     %s%n".formatted(server)));
      text.append(
          segmentBytes > 0
              ? "segments   %s bytes%n".formatted(segmentBytes)
              : "cipher     %s%n".formatted(cipher));
      return text.toString();
    }
  }

  @Override
  public Integer call() throws CommandException, IOException {
    Shown shown;
    try (SealedInput input = new SealedInput(session, operand)) {
      if (input.isSealedBlob()) {
        SealedHeader header = SealedHeader.read(input.blob());
        shown =
            Shown.of("sealed blob", header.object(), header.contentLength(), header.segmentBytes());
      } else {
        EncryptedObject object = EncryptedObject.parse(input.whole());
        shown = Shown.of("encrypted object", object, object.dataLength(), 0);
      }
    } catch (RedStuffException e) {
      throw CommandException.badData(operand + ": " + e.getMessage(), e);
    }
    session.out().print(json ? Json.of(shown) : shown.toText());
    return ExitCode.OK;
  }
}
