// One piece of work of the official WASM build, from files to files, as a process that ends with it: what
// stands beside a command of ours.
//
//   node wasm-process.mjs blob-id SHARDS FILE
//   node wasm-process.mjs encode SHARDS FILE DIRECTORY     no metadata is written
//   node wasm-process.mjs decode SHARDS ID BYTES DIRECTORY FILE

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { decode, describe, encode, parameters } from '../../fuzz/oracle/official.mjs';

const [work, shards, ...rest] = process.argv.slice(2);
const n = Number(shards);

const works = {
  'blob-id'(file) {
    return describe(n, readFileSync(file)).id;
  },
  encode(file, directory) {
    const encoded = encode(n, readFileSync(file));
    for (const axis of ['primary', 'secondary']) {
      mkdirSync(join(directory, axis), { recursive: true });
      encoded[axis].forEach((sliver, pair) =>
        writeFileSync(join(directory, axis, `${String(pair).padStart(4, '0')}.bcs`), sliver),
      );
    }
    return encoded.id;
  },
  decode(id, bytes, directory, file) {
    const primary = join(directory, 'primary');
    const slivers = readdirSync(primary)
      .sort()
      .slice(0, parameters(n, bytes).k1)
      .map((name) => readFileSync(join(primary, name)));
    const blobId = Buffer.from(id, 'base64url');
    writeFileSync(file, decode(n, blobId, Number(bytes), slivers));
    return blobId;
  },
};

console.log(Buffer.from(works[work](...rest)).toString('base64url'));
