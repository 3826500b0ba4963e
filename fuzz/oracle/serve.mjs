// Answers requests to the official encoder, see requests.mjs:
//
//   E n 0 blob              encode: metadata, root, primaries, secondaries (each by pair, joined)
//   M n 0 blob              describe: id, root, length as a number of eight bytes
//   D n length id sliver... decode: the blob

import { decode, describe, encode } from './official.mjs';
import { serve } from './requests.mjs';

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

serve(answer);
