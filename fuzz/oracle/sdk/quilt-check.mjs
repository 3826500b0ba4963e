// Compares quilts of Redstuff with those of the official TypeScript writer, @mysten/walrus, through the command line. The writer
// packs, the official encoder gives the blob id, and `redstuff quilt` has to give the same. Then 500 files at 1000 shards, of which one
// has to come back by name when 300 pairs are gone. The writer's reader is not asked: docs/quilts.md says why. Any difference ends it
// with exit code 1.
//
//   node quilt-check.mjs [SEED]

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chance } from '../chance.mjs';
import { describe } from '../official.mjs';
// not among what the package exports
import { encodeQuilt, encodeQuiltPatchId } from './node_modules/@mysten/walrus/dist/utils/quilts.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const redstuff = join(here, '..', '..', '..', 'redstuff');

const seed = Number(process.argv[2] ?? 20261128) >>> 0;
const work = mkdtempSync(join(tmpdir(), 'redstuff-quilt-check-'));
let checks = 0;

// --- chance, from the seed ---

const { random, randomBytes } = chance(seed);

// No characters above U+FFFF: the writer sorts these in another place than the network's encoder does.
const LETTERS = ['a', 'B', '_', '-', '.', ' ', '0', '\u00e9', 'e\u0301', '\u4e2d', '\ue000', '\ufffd', '='];

function text(length) {
  return Array.from({ length }, () => LETTERS[random(LETTERS.length)]).join('');
}

// --- one quilt ---

function run(...args) {
  // for names of files that are not ASCII
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  const result = spawnSync(redstuff, args, { env, maxBuffer: 1 << 26 });
  if (result.error) {
    throw result.error;
  }
  if (result.status !== 0) {
    throw new Error(`redstuff ${args.join(' ')}: exit code ${result.status}\n${result.stderr}`);
  }
  return result;
}

function same(what, actual, expected) {
  if (actual !== expected) {
    throw new Error(`${what}: got ${actual}, expected ${expected} (seed ${seed})`);
  }
  checks++;
}

/** Files for the writer, and in a directory with their tags. */
function files(name, count, length, tagged) {
  const directory = join(work, name);
  mkdirSync(directory);
  const tags = {};
  const blobs = [];
  for (let i = 0; i < count; i++) {
    const identifier = `${text(random(12))}${i}`;
    const contents = randomBytes(length());
    writeFileSync(join(directory, identifier), contents);
    blobs.push({ identifier, contents });
    if (tagged && random(2) === 0) {
      blobs[i].tags = {};
      for (let j = random(5); j >= 0; j--) {
        blobs[i].tags[text(random(4))] = text(random(20));
      }
      tags[identifier] = blobs[i].tags;
    }
  }
  const json = join(work, `${name}.json`);
  writeFileSync(json, JSON.stringify(tags));
  return { directory, json, blobs };
}

function official(n, blobs) {
  const { quilt, index } = encodeQuilt({ blobs, numShards: n, encodingType: 'RS2' });
  const id = describe(n, quilt).id;
  return { id: Buffer.from(id).toString('base64url'), index };
}

function patchIds(quiltId, index) {
  return index.patches.map(({ identifier, startIndex, endIndex }) => ({
    identifier,
    patchId: encodeQuiltPatchId({ quiltId, patchId: { version: 1, startIndex, endIndex } }),
  }));
}

function check(n, count, most) {
  const name = `n = ${n}, ${count} files of up to ${most} bytes`;
  const { directory, json, blobs } = files(`${n}`, count, () => random(most + 1), true);
  const expected = official(n, blobs);
  const printed = run('quilt', 'id', '-n', String(n), '--tags', json, directory).stdout;
  same(`${name}: id`, printed.toString().trim(), expected.id);
}

// --- 500 files, 300 of 1000 pairs lost ---

function checkLosses() {
  const n = 1000;
  const { directory, blobs } = files('many', 500, () => 1024 + random(19 * 1024), false);
  const expected = official(n, blobs);
  const out = join(work, 'out');
  const printed = run('quilt', 'create', '--no-sync', '-n', String(n), '-o', out, directory).stdout;
  same('500 files: id', printed.toString().trim(), expected.id);
  const pairs = Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < 300; i++) {
    const j = i + random(n - i);
    [pairs[i], pairs[j]] = [pairs[j], pairs[i]];
    for (const axis of ['primary', 'secondary']) {
      rmSync(join(out, axis, `${String(pairs[i]).padStart(4, '0')}.bcs`));
    }
  }
  const wanted = blobs[random(blobs.length)];
  const cat = run('quilt', 'cat', out, '--name', wanted.identifier, '--stats');
  same('one file', Buffer.compare(cat.stdout, Buffer.from(wanted.contents)), 0);
  const listing = JSON.parse(run('quilt', 'ls', out, '--json').stdout);
  const ids = listing.files.map(({ identifier, patchId }) => ({ identifier, patchId }));
  same('patch ids', JSON.stringify(ids), JSON.stringify(patchIds(expected.id, expected.index)));
  return cat.stderr.toString().match(/read .*/)[0];
}

try {
  console.log(`quilt-check: seed ${seed}`);
  check(4, 2, 5000);
  check(10, 5, 400);
  check(26, 17, 60000);
  check(100, 60, 9000);
  check(301, 150, 2000);
  const read = checkLosses();
  console.log(`quilt-check: ${checks} checks passed; of 500 files one came back without 300 of 1000 pairs: ${read}`);
} catch (e) {
  console.error(`quilt-check: ${e.message}`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true });
}
