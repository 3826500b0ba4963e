package io.redstuff.oracle;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ConsistencyCheck;
import io.redstuff.Sliver;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.VerifiedMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Redstuff in the place of the official encoder. It decodes what it has encoded before. */
class Mirror implements OfficialEncoder {
  private final Map<BlobId, byte[]> metadata = new HashMap<>();

  @Override
  public OfficialEncoding encode(int shards, byte[] blob) {
    OfficialEncoding encoding = OwnEncoder.encode(OwnEncoder.codec(shards), blob);
    byte[] bcs = encoding.metadata();
    try {
      metadata.put(BlobMetadata.parse(bcs).claimedId(), bcs);
    } catch (MalformedDataException e) {
      throw new AssertionError(e);
    }
    return encoding;
  }

  @Override
  public OfficialDescription describe(int shards, byte[] blob) {
    VerifiedMetadata described = OwnEncoder.codec(shards).metadata(blob);
    return new OfficialDescription(
        described.blobId().toBytes(), described.rootHash(), described.blobLength());
  }

  @Override
  public byte[] decode(int shards, byte[] blobId, int blobLength, List<byte[]> primaries) {
    RedStuff codec = OwnEncoder.codec(shards);
    try {
      List<Sliver> slivers = new ArrayList<>();
      for (byte[] sliver : primaries) {
        slivers.add(Sliver.parseCopy(Axis.PRIMARY, sliver));
      }
      VerifiedMetadata verified =
          BlobMetadata.parse(metadata.get(BlobId.of(blobId))).verify(codec.parameters());
      return codec.decode(verified, slivers, ConsistencyCheck.STRICT);
    } catch (RedStuffException e) {
      throw new OfficialEncoderException("the mirror cannot decode", e);
    }
  }

  @Override
  public void close() {
    // nothing is open
  }
}
