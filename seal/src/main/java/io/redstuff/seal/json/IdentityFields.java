package io.redstuff.seal.json;

import io.redstuff.ObjectId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.json.JsonFields;
import io.redstuff.seal.Identity;
import java.util.HexFormat;
import tools.jackson.databind.node.ObjectNode;

/** An identity among other fields: {@code package_id}, and {@code id} in hexadecimal digits. */
final class IdentityFields {
  private static final String PACKAGE_ID = "package_id";
  private static final String ID = "id";

  private IdentityFields() {}

  static Identity of(JsonFields fields) throws MalformedDataException {
    ObjectId packageId = fields.text(PACKAGE_ID, ObjectId::parse);
    return Identity.of(packageId, fields.text(ID, text -> id(fields.name(ID), text)));
  }

  private static byte[] id(String what, String text) throws MalformedDataException {
    if (text.length() > 2 * Identity.MAX_ID_BYTES) {
      throw new MalformedDataException(
          0,
          "%s: got %s digits, expected at most %s"
              .formatted(what, text.length(), 2 * Identity.MAX_ID_BYTES));
    }
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedDataException(
          0, "%s: not hexadecimal: %s".formatted(what, e.getMessage()));
    }
  }

  static void put(ObjectNode node, Identity identity) {
    node.put(PACKAGE_ID, identity.packageId().toString())
        .put(ID, HexFormat.of().formatHex(identity.id()));
  }
}
