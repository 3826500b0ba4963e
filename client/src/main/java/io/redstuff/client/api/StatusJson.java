package io.redstuff.client.api;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.json.JsonFields;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** A {@link BlobStatus} in JSON: a text, or an object of one field. */
final class StatusJson {
  private static final String NONEXISTENT = "nonexistent";
  private static final String INVALID = "invalid";
  private static final String EVENT = "event";
  private static final String PERMANENT = "permanent";
  private static final String END_EPOCH = "endEpoch";
  private static final String IS_CERTIFIED = "isCertified";
  private static final String STATUS_EVENT = "statusEvent";
  private static final String DELETABLE = "deletable";
  private static final String DELETABLE_COUNTS = "deletableCounts";
  private static final String INITIAL_CERTIFIED_EPOCH = "initialCertifiedEpoch";
  private static final long MAX_U32 = 0xffff_ffffL;

  private StatusJson() {}

  static BlobStatus read(JsonFields success) throws MalformedDataException {
    if (success.isText(Envelope.DATA)) {
      return success.text(Envelope.DATA, StatusJson::word);
    }
    JsonFields data = success.inner(Envelope.DATA);
    if (data.has(INVALID)) {
      return new BlobStatus.Invalid(EventId.read(data.inner(INVALID).inner(EVENT)));
    }
    if (data.has(PERMANENT)) {
      JsonFields fields = data.inner(PERMANENT);
      return new BlobStatus.Permanent(
          fields.number(END_EPOCH, MAX_U32),
          fields.bool(IS_CERTIFIED),
          EventId.read(fields.inner(STATUS_EVENT)),
          DeletableCounts.read(fields.inner(DELETABLE_COUNTS)),
          fields.optionalNumber(INITIAL_CERTIFIED_EPOCH, MAX_U32));
    }
    JsonFields fields = data.inner(DELETABLE);
    return new BlobStatus.Deletable(
        fields.optionalNumber(INITIAL_CERTIFIED_EPOCH, MAX_U32),
        DeletableCounts.read(fields.inner(DELETABLE_COUNTS)));
  }

  private static BlobStatus word(String text) throws MalformedDataException {
    if (!text.equals(NONEXISTENT)) {
      throw ApiText.wrong("blob status", text, NONEXISTENT + " or an object");
    }
    return new BlobStatus.Nonexistent();
  }

  static void write(BlobStatus status, ObjectNode success) {
    switch (status) {
      case BlobStatus.Nonexistent it -> success.put(Envelope.DATA, NONEXISTENT);
      case BlobStatus.Invalid it ->
          it.event().write(success.putObject(Envelope.DATA).putObject(INVALID).putObject(EVENT));
      case BlobStatus.Permanent it -> {
        ObjectNode fields = success.putObject(Envelope.DATA).putObject(PERMANENT);
        fields.put(END_EPOCH, it.endEpoch()).put(IS_CERTIFIED, it.certified());
        it.statusEvent().write(fields.putObject(STATUS_EVENT));
        writeShared(it.deletableCounts(), it.initialCertifiedEpoch(), fields);
      }
      case BlobStatus.Deletable it ->
          writeShared(
              it.deletableCounts(),
              it.initialCertifiedEpoch(),
              success.putObject(Envelope.DATA).putObject(DELETABLE));
    }
  }

  private static void writeShared(DeletableCounts counts, OptionalLong epoch, ObjectNode fields) {
    counts.write(fields.putObject(DELETABLE_COUNTS));
    epoch.ifPresentOrElse(
        known -> fields.put(INITIAL_CERTIFIED_EPOCH, known),
        () -> fields.putNull(INITIAL_CERTIFIED_EPOCH));
  }
}
