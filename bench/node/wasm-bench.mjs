// Times the official WASM build, @mysten/walrus-wasm, under Node, and writes what JMH would write:
// a JSON array of results with mode avgt, milliseconds per blob.
//
//   node wasm-bench.mjs [--work blobId,encode] [--shards 1000] [--bytes 1,1048576]
//                       [--samples 5] [--seconds 0.5] [--out FILE]
//
// One sample takes at least the given seconds or one call. Exit code 3: the package cannot be had.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { load, measure, write } from './timing.mjs';

// the package that the cross-check compares with
const oracle = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'fuzz', 'oracle');
const home = join(oracle, 'node_modules/@mysten/walrus-wasm');

// it exports its web build by name; the Node build is reached by its path
const read = () => ({
  BlobEncoder: createRequire(import.meta.url)(join(home, 'nodejs/walrus_wasm.js')).BlobEncoder,
  version: JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version,
});

/** Bytes from a xorshift generator: the same in every run. */
function blobOf(length) {
  const blob = new Uint8Array(length);
  let state = 0x5eed;
  for (let i = 0; i < length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    blob[i] = state;
  }
  return blob;
}

/** Buffers for slivers of so many symbols: their BCS has a length before and an index behind. */
function sliverBuffers(n, symbols, symbolBytes) {
  const length = symbols * symbolBytes;
  let header = 1;
  for (let rest = length; rest >= 128; rest = Math.floor(rest / 128)) {
    header++;
  }
  return Array.from({ length: n }, () => new Uint8Array(header + length + 4));
}

/** What is timed, by the name of the work; each returns the blob id. */
const works = {
  blobId(encoder, n, blob) {
    return () => encoder.compute_metadata(blob)[0];
  },
  encode(encoder, n, blob) {
    const f = Math.floor((n - 1) / 3);
    const k1 = n - 2 * f;
    const k2 = n - f;
    const even = Math.ceil(Math.max(blob.length, 1) / (k1 * k2) / 2) * 2;
    const primary = sliverBuffers(n, k2, even);
    const secondary = sliverBuffers(n, k1, even);
    return () => encoder.encode(blob, primary, secondary)[0].blob_id;
  },
};

const { values } = parseArgs({
  options: {
    work: { type: 'string', default: 'blobId,encode' },
    shards: { type: 'string', default: '1000' },
    bytes: { type: 'string', default: '1,1048576' },
    samples: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '0.5' },
    out: { type: 'string' },
  },
});
const list = (text) => text.split(',');
const unknown = list(values.work).filter((name) => !Object.hasOwn(works, name));
if (unknown.length > 0) {
  console.error(`wasm-bench: no work ${unknown}; there are ${Object.keys(works)}`);
  process.exit(2);
}

const { BlobEncoder, version } = await load(oracle, 'walrus-wasm', read);
const engine = `walrus-wasm ${version} (Node ${process.version})`;
const results = [];
for (const n of list(values.shards).map(Number)) {
  const encoder = new BlobEncoder(n);
  for (const bytes of list(values.bytes).map(Number)) {
    const blob = blobOf(bytes);
    const params = { shards: String(n), blobBytes: String(bytes), engine };
    const ids = new Set();
    for (const work of list(values.work)) {
      const call = works[work](encoder, n, blob);
      ids.add(Buffer.from(call()).toString('base64url'));
      results.push(
        await measure(`walrus-wasm.${work}`, params, call, Number(values.samples), Number(values.seconds)),
      );
    }
    if (ids.size > 1) {
      throw new Error(`n = ${n}, ${bytes} bytes: blob ids differ: ${[...ids]}`);
    }
  }
}

write(results, values.out);
