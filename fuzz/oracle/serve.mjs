// Answers requests to the official encoder on standard input, until that ends. Request and answer
// are messages: a tag of one byte, then two numbers, the number of parts, and for each part its
// length and its bytes. Numbers have four bytes, the lowest first.
//
//   E n 0 blob              encode: metadata, root, primaries, secondaries (each by pair, joined)
//   M n 0 blob              describe: id, root, length as a number of eight bytes
//   D n length id sliver... decode: the blob
//
// The tag of an answer is 0, or 1 with a message for a part if the encoder refused.

import { readSync, writeSync } from 'node:fs';

import { decode, describe, encode } from './official.mjs';

function read(length) {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; ) {
    const got = readSync(0, bytes, at, length - at, null);
    if (got === 0) {
      if (at === 0) {
        return null;
      }
      throw new Error(`the request ended after ${at} of ${length} bytes`);
    }
    at += got;
  }
  return bytes;
}

function part(expected) {
  const bytes = expected === 0 ? Buffer.alloc(0) : read(expected);
  if (bytes === null) {
    throw new Error('the request ended early');
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

function request() {
  const head = read(13);
  if (head === null) {
    return null;
  }
  const parts = [];
  for (let i = head.readUInt32LE(9); i > 0; i--) {
    parts.push(part(read(4).readUInt32LE(0)));
  }
  return { tag: String.fromCharCode(head[0]), n: head.readUInt32LE(1), length: head.readUInt32LE(5), parts };
}

function write(tag, parts) {
  const head = Buffer.alloc(13);
  head[0] = tag;
  head.writeUInt32LE(parts.length, 9);
  const all = [head];
  for (const bytes of parts) {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    all.push(length, bytes);
  }
  const message = Buffer.concat(all);
  for (let at = 0; at < message.length; ) {
    at += writeSync(1, message, at);
  }
}

function answer({ tag, n, length, parts }) {
  if (tag === 'E') {
    const { metadata, root, primary, secondary } = encode(n, parts[0]);
    return [metadata, root, Buffer.concat(primary), Buffer.concat(secondary)];
  }
  if (tag === 'M') {
    const described = describe(n, parts[0]);
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(described.length));
    return [described.id, described.root, size];
  }
  if (tag === 'D') {
    return [decode(n, parts[0], length, parts.slice(1))];
  }
  throw new Error(`unknown request ${tag}`);
}

for (let asked = request(); asked !== null; asked = request()) {
  try {
    write(0, answer(asked));
  } catch (error) {
    write(1, [Buffer.from(error.message)]);
    if (error instanceof WebAssembly.RuntimeError) {
      process.exit(1); // the module cannot be used any more
    }
  }
}
