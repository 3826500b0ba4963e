// Times the quilts of the official TypeScript package, @mysten/walrus, under Node, and writes what JMH would write.
//
//   node quilt-bench.mjs [--shards 1000] [--files 500] [--samples 5] [--seconds 1] [--out FILE]
//
// Packs files as long as those of QuiltBenchmark and reads the middle one: by name from the whole quilt, and by its
// place from the secondary slivers it lies in. Exit code 3: the package cannot be had.

import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { load, measure, write } from './timing.mjs';

const sdk = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'fuzz', 'oracle', 'sdk');
const dist = pathToFileURL(join(sdk, 'node_modules/@mysten/walrus/dist/')).href;

const { values } = parseArgs({
  options: {
    shards: { type: 'string', default: '1000' },
    files: { type: 'string', default: '500' },
    samples: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
});
const n = Number(values.shards);
const files = Number(values.files);

// not among what the package exports
const { encodeQuilt, QuiltReader, getSourceSymbols } = await load(sdk, '@mysten/walrus', async () => ({
  ...(await import(`${dist}utils/quilts.mjs`)),
  ...(await import(`${dist}utils/index.mjs`)),
  ...(await import(`${dist}files/readers/quilt.mjs`)),
}));

const blobs = Array.from({ length: files }, (_, i) => ({
  identifier: `file-${String(i).padStart(3, '0')}`,
  contents: new Uint8Array(1024 + ((i * 7919) % (19 * 1024))).map((_, at) => at * 31 + i),
}));
const wanted = blobs[Math.floor(files / 2)];
const pack = () => encodeQuilt({ blobs, numShards: n, encodingType: 'RS2' });

const { quilt, index } = pack();
const { primarySymbols: rows, secondarySymbols: columns } = getSourceSymbols(n, 'RS2');
const rowSize = quilt.length / rows;
const symbolSize = rowSize / columns;
const slivers = Array.from({ length: columns }, (_, column) => {
  const sliver = new Uint8Array(rows * symbolSize);
  for (let row = 0; row < rows; row++) {
    const at = row * rowSize + column * symbolSize;
    sliver.set(quilt.subarray(at, at + symbolSize), row * symbolSize);
  }
  return sliver;
});

/** Stands for the package's reader of blobs, with everything in memory. */
const blob = (hasStartedLoadingFullBlob) => ({
  blobId: Buffer.alloc(32).toString('base64url'),
  hasStartedLoadingFullBlob,
  getBytes: async () => quilt,
  getRowSize: async () => rowSize,
  getColumnSize: async () => rows * symbolSize,
  getSymbolSize: async () => symbolSize,
  getSecondarySliver: async ({ sliverIndex }) => slivers[sliverIndex],
});
const { startIndex } = index.patches.find(({ identifier }) => identifier === wanted.identifier);

const works = {
  pack,
  async readByName() {
    const entries = await new QuiltReader({ blob: blob(true) }).readIndex();
    return entries.find(({ identifier }) => identifier === wanted.identifier).reader.getBytes();
  },
  async readById() {
    return (await new QuiltReader({ blob: blob(false) }).readBlob(startIndex)).blobContents;
  },
};

for (const work of [works.readByName, works.readById]) {
  if (Buffer.compare(Buffer.from(await work()), Buffer.from(wanted.contents)) !== 0) {
    throw new Error(`${work.name}: another file came back`);
  }
}
const results = [];
for (const [name, work] of Object.entries(works)) {
  const params = { shards: values.shards, files: values.files };
  results.push(
    await measure(`walrus-sdk.${name}`, params, work, Number(values.samples), Number(values.seconds)),
  );
}

write(results, values.out);
