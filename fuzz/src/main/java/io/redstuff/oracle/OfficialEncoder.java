package io.redstuff.oracle;

import java.util.List;

/** The official encoder of the network, whatever runs it. For use by one thread. */
public interface OfficialEncoder extends AutoCloseable {

  /**
   * Encodes a blob.
   *
   * @throws OfficialEncoderException if the encoder refuses it
   */
  OfficialEncoding encode(int shards, byte[] blob);

  /**
   * Describes a blob without making slivers: the other way to an id.
   *
   * @throws OfficialEncoderException if the encoder refuses it
   */
  OfficialDescription describe(int shards, byte[] blob);

  /**
   * Decodes a blob.
   *
   * @param shards the number of shards
   * @param blobId 32 bytes
   * @param blobLength the length of the blob in bytes
   * @param primaries BCS data of primary slivers
   * @return the blob
   * @throws OfficialEncoderException if the encoder refuses
   */
  byte[] decode(int shards, byte[] blobId, int blobLength, List<byte[]> primaries);

  @Override
  void close();
}
