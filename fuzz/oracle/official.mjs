// The official encoder, @mysten/walrus-wasm, with its results as bytes.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// the package exports its web build by name; the Node build is reached by its path
const { BlobEncoder } = createRequire(import.meta.url)(
  join(
    dirname(fileURLToPath(import.meta.url)),
    'node_modules/@mysten/walrus-wasm/nodejs/walrus_wasm.js',
  ),
);

export function parameters(n, length) {
  const f = Math.floor((n - 1) / 3);
  const k1 = n - 2 * f;
  const k2 = n - f;
  const symbol = Math.ceil(Math.max(length, 1) / (k1 * k2));
  return { f, k1, k2, symbol: symbol + (symbol % 2) };
}

function uleb128(value) {
  const bytes = [];
  for (; value >= 128; value = Math.floor(value / 128)) {
    bytes.push((value % 128) + 128);
  }
  return [...bytes, value];
}

function sliverBuffers(n, symbols, symbol) {
  const length = symbols * symbol;
  return Array.from({ length: n }, () => new Uint8Array(uleb128(length).length + length + 4));
}

function checkType(type) {
  if (type !== 'RS2') {
    throw new Error(`the official encoder used ${type}, expected RS2`);
  }
}

function metadataBcs(id, metadata) {
  const { encoding_type: type, unencoded_length: length, hashes } = metadata.V1;
  checkType(type);
  const size = new Uint8Array(8);
  new DataView(size.buffer).setBigUint64(0, BigInt(length), true);
  const parts = [...id, 0, 1, ...size, ...uleb128(hashes.length)];
  for (const pair of hashes) {
    parts.push(1, ...pair.primary_hash.Digest, 1, ...pair.secondary_hash.Digest);
  }
  return Uint8Array.from(parts);
}

function withEncoder(n, use) {
  const encoder = new BlobEncoder(n);
  try {
    return use(encoder);
  } finally {
    encoder.free();
  }
}

/** Metadata, root over all pairs, and the slivers' BCS data by pair. */
export function encode(n, blob) {
  const { k1, k2, symbol } = parameters(n, blob.length);
  const primary = sliverBuffers(n, k2, symbol);
  const secondary = sliverBuffers(n, k1, symbol);
  const [described, root] = withEncoder(n, (encoder) => encoder.encode(blob, primary, secondary));
  return {
    id: Uint8Array.from(described.blob_id),
    metadata: metadataBcs(described.blob_id, described.metadata),
    root: Uint8Array.from(root.Digest),
    primary,
    secondary,
  };
}

/** Id, root over all pairs and length, found without making slivers. */
export function describe(n, blob) {
  const [id, root, length, type] = withEncoder(n, (encoder) => encoder.compute_metadata(blob));
  checkType(type);
  return { id: Uint8Array.from(id), root: Uint8Array.from(root.Digest), length: Number(length) };
}

/** The blob, from the BCS data of primary slivers. */
export function decode(n, id, length, primary) {
  const blob = new Uint8Array(length);
  withEncoder(n, (encoder) => encoder.decode([...id], BigInt(length), primary, blob));
  return blob;
}
