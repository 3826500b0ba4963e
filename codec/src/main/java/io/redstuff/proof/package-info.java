/**
 * What makes slivers trustworthy: Merkle trees and the metadata of blobs.
 *
 * <p>Trust is a type here. {@link io.redstuff.proof.BlobMetadata} was read from bytes that anybody
 * may have written: its form is right and nothing more is known. Its {@code verify} gives {@link
 * io.redstuff.proof.VerifiedMetadata}, whose hashes belong to its blob id, and only that is taken
 * for checking slivers and for decoding. Verifying returns nothing on bad data, it throws; there is
 * no boolean twin whose answer could be forgotten.
 */
package io.redstuff.proof;
