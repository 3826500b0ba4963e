// Answers requests to the official TypeScript writer of quilts, see ../requests.mjs:
//
//   Q n 0 (identifier tags contents)...   the quilt; start and end of each patch, two bytes each, the lower first
//
// Tags are keys and values in turn, each ended by a zero byte.

import { serve } from '../requests.mjs';
// not among what the package exports
import { encodeQuilt } from './node_modules/@mysten/walrus/dist/utils/quilts.mjs';

const text = (bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

function tagsOf(bytes) {
  const words = text(bytes).split('\0');
  const tags = Object.create(null);
  for (let i = 0; i + 1 < words.length; i += 2) {
    tags[words[i]] = words[i + 1];
  }
  return tags;
}

serve(({ n, parts }) => {
  const blobs = [];
  for (let i = 0; i < parts.length; i += 3) {
    blobs.push({ identifier: text(parts[i]), tags: tagsOf(parts[i + 1]), contents: parts[i + 2] });
  }
  const { quilt, index } = encodeQuilt({ blobs, numShards: n, encodingType: 'RS2' });
  const columns = index.patches.flatMap(({ startIndex, endIndex }) => [startIndex, endIndex]);
  return [quilt, Buffer.from(Uint16Array.from(columns).buffer)];
});
