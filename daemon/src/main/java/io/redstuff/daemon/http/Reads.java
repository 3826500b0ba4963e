package io.redstuff.daemon.http;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.client.TransferMonitor;
import io.redstuff.client.chain.RegistryException;
import io.redstuff.daemon.api.ByteRange;
import io.redstuff.daemon.api.ErrorReason;
import io.redstuff.daemon.api.ErrorStatus;
import io.redstuff.daemon.api.PatchList;
import io.redstuff.daemon.api.ReadQuery;
import io.redstuff.daemon.api.RefusedException;
import io.redstuff.daemon.chain.AttributedBlob;
import io.redstuff.daemon.chain.PublisherChain;
import io.redstuff.daemon.service.Aggregator;
import io.redstuff.daemon.service.Aggregator.Part;
import io.redstuff.daemon.service.Aggregator.QuiltPart;
import io.redstuff.daemon.service.Aggregator.Wanted;
import io.redstuff.daemon.service.Refusals;
import io.redstuff.error.MalformedDataException;
import io.redstuff.quilt.QuiltPatchId;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Answers requests that read. */
final class Reads {
  private static final int OK = 200;
  private static final int PARTIAL = 206;

  private final Aggregator aggregator;
  private final Optional<PublisherChain> chain;
  private final ReadHeaders headers;

  Reads(Aggregator aggregator, Optional<PublisherChain> chain, ReadHeaders headers) {
    this.aggregator = aggregator;
    this.chain = chain;
    this.headers = headers;
  }

  private static Wanted wanted(Request request) {
    return request.getMethod().equals("HEAD") ? Wanted.LENGTH : Wanted.BYTES;
  }

  /** Reads a blob, or the range of it that a header asks for. */
  Answer blob(Request request, String id, TransferMonitor monitor)
      throws RefusedException, IOException, InterruptedException {
    return blob(request, blobId(id), monitor);
  }

  private Answer blob(Request request, BlobId blobId, TransferMonitor monitor)
      throws RefusedException, IOException, InterruptedException {
    ReadQuery query = ReadQuery.parse(request.getHttpURI().getQuery());
    String range = request.getHeaders().get(HttpHeader.RANGE);
    Wanted wanted = headers.isKnown(request, blobId.toString()) ? Wanted.LENGTH : wanted(request);
    if (range == null) {
      Answer answer = Answer.of(OK, aggregator.read(blobId, query.check(), wanted, monitor));
      return headers.put(request, blobId.toString(), answer);
    }
    ByteRange bytes = ByteRange.parseHeader(range);
    Part part =
        aggregator
            .read(blobId, bytes, wanted, monitor)
            .orElseThrow(
                () ->
                    ByteRange.unsatisfiable(
                        "got bytes %s to %s, expected them within the blob"
                            .formatted(bytes.start(), bytes.last())));
    Answer answer =
        Answer.of(PARTIAL, part.content())
            .header(
                HttpHeader.CONTENT_RANGE.asString(),
                "bytes %s-%s/%s".formatted(bytes.start(), bytes.last(), part.blobLength()));
    return headers.put(request, blobId.toString(), answer);
  }

  /** Reads a blob whose object is known; what is noted there may become headers. */
  Answer byObject(Request request, String id, TransferMonitor monitor)
      throws RefusedException, IOException, InterruptedException {
    ObjectId objectId;
    try {
      objectId = ObjectId.parse(id);
    } catch (MalformedDataException e) {
      throw RefusedException.malformed("path: " + e.getMessage());
    }
    AttributedBlob object = object(objectId);
    Answer answer = blob(request, object.blob().blobId(), monitor);
    return answer.status() == PARTIAL
        ? answer
        : headers.putAllowed(object.attributes().values(), answer);
  }

  private AttributedBlob object(ObjectId objectId) throws RefusedException, InterruptedException {
    if (chain.isEmpty()) {
      throw new RefusedException(
          ErrorStatus.NOT_FOUND,
          ErrorReason.OBJECTS_NOT_SUPPORTED,
          "this aggregator has no chain to look for objects");
    }
    try {
      return chain
          .get()
          .blob(objectId)
          .orElseThrow(
              () ->
                  new RefusedException(
                      ErrorStatus.NOT_FOUND,
                      ErrorReason.BLOB_NOT_FOUND,
                      "the requested object is no blob object, ensure that it was entered"
                          + " correctly"));
    } catch (RegistryException e) {
      throw Refusals.of(e);
    }
  }

  /** Reads the range of a blob that the query asks for. */
  Answer byteRange(Request request, String id, TransferMonitor monitor)
      throws RefusedException, IOException, InterruptedException {
    BlobId blobId = blobId(id);
    ByteRange bytes = ByteRange.parseQuery(request.getHttpURI().getQuery());
    String tag = "%s-%s-%s".formatted(blobId, bytes.start(), bytes.length());
    Wanted wanted = headers.isKnown(request, tag) ? Wanted.LENGTH : wanted(request);
    Part part =
        aggregator
            .read(blobId, bytes, wanted, monitor)
            .orElseThrow(
                () ->
                    ByteRange.invalid(
                        "got %s bytes from %s on, expected them within the blob"
                            .formatted(bytes.length(), bytes.start())));
    return headers.put(request, tag, Answer.of(OK, part.content()));
  }

  /** Reads a file of a quilt. */
  Answer patch(Request request, String id, TransferMonitor monitor)
      throws RefusedException, IOException, InterruptedException {
    try {
      QuiltPatchId patchId = QuiltPatchId.parse(id);
      String tag = patchId.quilt().toString();
      Wanted wanted = headers.isKnown(request, tag) ? Wanted.LENGTH : wanted(request);
      return patch(request, tag, aggregator.read(patchId, wanted, monitor));
    } catch (MalformedDataException e) {
      throw RefusedException.malformed("path: " + e.getMessage());
    }
  }

  /** Reads a file of a quilt by its name. */
  Answer patch(Request request, String id, String identifier, TransferMonitor monitor)
      throws RefusedException, IOException, InterruptedException {
    BlobId quilt = blobId(id);
    String tag = quilt.toString();
    Wanted wanted = headers.isKnown(request, tag) ? Wanted.LENGTH : wanted(request);
    return patch(request, tag, aggregator.read(quilt, identifier, wanted, monitor));
  }

  private Answer patch(Request request, String tag, QuiltPart part) throws IOException {
    Answer answer = headers.put(request, tag, Answer.of(OK, part.content()));
    Map<String, String> tags = part.patch().tags();
    return headers.putIdentifier(part.patch().identifier(), headers.putTags(tags, answer));
  }

  /** Lists the files of a quilt. */
  Answer patches(String id, TransferMonitor monitor)
      throws RefusedException, IOException, InterruptedException {
    BlobId quilt = blobId(id);
    return Answer.json(PatchList.toJson(quilt, aggregator.patches(quilt, monitor)));
  }

  private static BlobId blobId(String text) throws RefusedException {
    try {
      return BlobId.parse(text);
    } catch (MalformedDataException e) {
      throw RefusedException.malformed("path: " + e.getMessage());
    }
  }
}
