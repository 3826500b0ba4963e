// Requests on standard input and answers on standard output. Both are messages: a tag of one byte, then two
// numbers, the number of parts, and for each part its length and its bytes. Numbers have four bytes, the lowest
// first. The tag of an answer is 0, or 1 with a message for a part if the official code refused.

import { readSync, writeSync } from 'node:fs';

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

/** Answers requests until there are no more: gives the parts of an answer, at once or later, or throws. */
export async function serve(answer) {
  for (let asked = request(); asked !== null; asked = request()) {
    try {
      write(0, await answer(asked));
    } catch (error) {
      write(1, [Buffer.from(error.message)]);
      if (error instanceof WebAssembly.RuntimeError) {
        process.exit(1); // the module cannot be used any more
      }
    }
  }
}
