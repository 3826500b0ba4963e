package io.redstuff.cli.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.redstuff.BlobId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.store.NamedIoException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Blob ids in lines of a text, as {@code redstuff blob-id} writes them: what follows an id behind a
 * blank is left alone, and so are empty lines.
 */
public final class IdList {
  private IdList() {}

  /**
   * Reads the ids in a file; {@code -} is standard input.
   *
   * @throws CommandException if a line does not begin with an id
   */
  public static List<BlobId> read(Session session, String operand)
      throws CommandException, NamedIoException {
    boolean isStandardInput = operand.equals(BlobInput.STANDARD_INPUT);
    try (InputStream file =
            isStandardInput
                ? InputStream.nullInputStream()
                : Files.newInputStream(BlobInput.path(operand));
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(isStandardInput ? session.in() : file, UTF_8))) {
      List<BlobId> ids = new ArrayList<>();
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String id = line.strip().split("\\s", 2)[0];
        if (!id.isEmpty()) {
          try {
            ids.add(BlobId.parse(id));
          } catch (MalformedDataException e) {
            throw CommandException.usage(
                "%s: line %s: %s".formatted(operand, number, e.getMessage()), e);
          }
        }
      }
      return ids;
    } catch (IOException e) {
      throw new NamedIoException(operand, e);
    }
  }
}
