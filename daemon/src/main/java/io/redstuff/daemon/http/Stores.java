package io.redstuff.daemon.http;

import io.redstuff.daemon.api.ErrorReason;
import io.redstuff.daemon.api.ErrorStatus;
import io.redstuff.daemon.api.PatchList;
import io.redstuff.daemon.api.RefusedException;
import io.redstuff.daemon.api.StoreOutcome;
import io.redstuff.daemon.api.StoreQuery;
import io.redstuff.daemon.service.Publisher;
import io.redstuff.daemon.service.Publisher.StoredQuilt;
import io.redstuff.daemon.service.SpoolFile;
import io.redstuff.quilt.QuiltFile;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.server.Request;

/** Answers requests that store. */
final class Stores {
  private final Publisher publisher;
  private final UploadBody body;
  private final long mostBlobBytes;
  private final long mostQuiltBytes;

  Stores(Publisher publisher, UploadBody body, long mostBlobBytes, long mostQuiltBytes) {
    this.publisher = publisher;
    this.body = body;
    this.mostBlobBytes = mostBlobBytes;
    this.mostQuiltBytes = mostQuiltBytes;
  }

  /** Stores the body as a blob. */
  Answer blob(Request request, HangUpWatch.Caller caller)
      throws RefusedException, IOException, InterruptedException {
    StoreQuery query = StoreQuery.parse(request.getHttpURI().getQuery());
    try (SpoolFile file = body.receive(request, mostBlobBytes)) {
      caller.begin();
      StoreOutcome outcome = publisher.store(file.source(), query, caller);
      if (outcome instanceof StoreOutcome.MarkedInvalid) {
        throw new RefusedException(
            ErrorStatus.INTERNAL,
            ErrorReason.MARKED_INVALID,
            "the blob was marked invalid, which is likely a system error, please report it");
      }
      return Answer.json(outcome.toBytes());
    }
  }

  /** Stores the parts of the body, which is a form, as a quilt. */
  Answer quilt(Request request, HangUpWatch.Caller caller)
      throws RefusedException, IOException, InterruptedException {
    StoreQuery query = StoreQuery.parse(request.getHttpURI().getQuery());
    String boundary = QuiltForm.boundary(request);
    try (SpoolFile file = body.receive(request, mostQuiltBytes)) {
      caller.begin();
      List<QuiltFile> files = QuiltForm.parse(file, boundary);
      StoredQuilt stored = publisher.store(files, query, caller);
      return Answer.json(PatchList.toJson(stored.outcome(), stored.patches()));
    }
  }
}
