// Compares Redstuff with the official Walrus encoder, @mysten/walrus-wasm, through the command line:
// what both encode, what Redstuff heals and decodes of the official output, and what the official
// decoder makes of slivers that Redstuff healed. Any difference ends it with exit code 1.
//
//   node cross-check.mjs [SEED]

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chance } from './chance.mjs';
import { decode, encode, parameters } from './official.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const redstuff = join(here, '..', '..', 'redstuff');

const seed = Number(process.argv[2] ?? 20261121) >>> 0;
const work = mkdtempSync(join(tmpdir(), 'redstuff-cross-check-'));
let checks = 0;

// --- chance, from the seed ---

const { random, randomBytes } = chance(seed);

function shuffled(count) {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

// --- the official side ---

/** The official encoding as the files of a directory, by name. */
function official(n, blob) {
  const { id, metadata, primary, secondary } = encode(n, blob);
  const files = new Map([['metadata.bcs', metadata]]);
  for (let pair = 0; pair < n; pair++) {
    files.set(sliverName('primary', pair), primary[pair]);
    files.set(sliverName('secondary', pair), secondary[pair]);
  }
  return { id, text: Buffer.from(id).toString('base64url'), files };
}

function sliverName(axis, pair) {
  return `${axis}/${String(pair).padStart(4, '0')}.bcs`;
}

// --- our side ---

function run(...args) {
  const result = spawnSync(redstuff, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (result.error) {
    throw result.error;
  }
  return result;
}

function mustRun(...args) {
  const result = run(...args);
  if (result.status !== 0) {
    throw new Error(`redstuff ${args.join(' ')}: exit code ${result.status}\n${result.stderr}`);
  }
  return result.stdout;
}

function write(directory, files) {
  mkdirSync(join(directory, 'primary'), { recursive: true });
  mkdirSync(join(directory, 'secondary'), { recursive: true });
  for (const [name, bytes] of files) {
    writeFileSync(join(directory, name), bytes);
  }
}

function same(what, actual, expected) {
  if (Buffer.compare(Buffer.from(actual), Buffer.from(expected)) !== 0) {
    throw new Error(`${what}: got ${actual.length} bytes that differ from the ${expected.length} expected`);
  }
  checks++;
}

function sameFiles(what, directory, files) {
  const names = ['metadata.bcs'];
  for (const axis of ['primary', 'secondary']) {
    names.push(...readdirSync(join(directory, axis)).map((name) => `${axis}/${name}`));
  }
  if (names.length !== files.size) {
    throw new Error(`${what}: got ${names.length} files, expected ${files.size}`);
  }
  for (const name of names) {
    same(`${what}, ${name}`, readFileSync(join(directory, name)), files.get(name) ?? []);
  }
}

// --- one blob ---

function check(n, length) {
  const name = `n = ${n}, ${length} bytes, seed ${seed}`;
  const { f, k1, k2 } = parameters(n, length);
  const blob = randomBytes(length);
  const file = join(work, 'blob');
  writeFileSync(file, blob);
  const expected = official(n, blob);

  const ours = join(work, 'ours');
  const printed = mustRun('encode', '-n', String(n), '-o', ours, file).trim();
  same(`${name}: id`, Buffer.from(printed), Buffer.from(expected.text));
  sameFiles(`${name}: our encoding`, ours, expected.files);
  same(
    `${name}: blob-id`,
    Buffer.from(mustRun('blob-id', '-n', String(n), file).slice(0, 43)),
    Buffer.from(expected.text),
  );

  // any k1 official primaries, any k2 official secondaries
  for (const [axis, enough] of [['primary', k1], ['secondary', k2]]) {
    const some = join(work, `some-${axis}`);
    const chosen = new Set(shuffled(n).slice(0, enough).map((pair) => sliverName(axis, pair)));
    write(some, [...expected.files].filter(([key]) => key === 'metadata.bcs' || chosen.has(key)));
    mustRun('decode', some, '-o', join(work, 'back'));
    same(`${name}: decoded from ${axis}`, readFileSync(join(work, 'back')), blob);
  }

  // official slivers, damaged, healed by us
  const damaged = join(work, 'damaged');
  write(damaged, expected.files);
  const order = shuffled(n);
  const lost = order.slice(0, Math.max(1, f - 2));
  for (const pair of lost) {
    rmSync(join(damaged, sliverName('primary', pair)));
    rmSync(join(damaged, sliverName('secondary', pair)));
  }
  const corrupted = order.slice(lost.length, lost.length + Math.min(2, f - lost.length));
  for (const pair of corrupted) {
    const sliver = sliverName(random(2) === 0 ? 'primary' : 'secondary', pair);
    const bytes = Uint8Array.from(expected.files.get(sliver));
    bytes[2 + random(bytes.length - 6)] ^= 1 << random(8);
    writeFileSync(join(damaged, sliver), bytes);
  }
  mustRun('recover', damaged);
  sameFiles(`${name}: healed`, damaged, expected.files);

  // slivers healed by us, decoded by the official decoder
  const primaries = [...lost, ...shuffled(n).filter((pair) => !lost.includes(pair))]
    .slice(0, k1)
    .map((pair) => readFileSync(join(damaged, sliverName('primary', pair))));
  const back = decode(n, expected.id, length, primaries);
  same(`${name}: decoded by the official decoder`, back, blob);

  for (const entry of readdirSync(work)) {
    rmSync(join(work, entry), { recursive: true });
  }
}

try {
  for (const n of [4, 7, 10, 11, 31, 100, 1000]) {
    const { k1, k2 } = parameters(n, 0);
    const lengths = n === 1000 ? [100_000] : [0, 1, 2 * k1 * k2 + 1, 70 * k1 * k2 - 3 + random(6)];
    for (const length of lengths) {
      process.stderr.write(`cross-check: n = ${n}, ${length} bytes\n`);
      check(n, length);
    }
  }
  console.log(`${checks} checks agreed with @mysten/walrus-wasm 0.3.0 (seed ${seed})`);
} catch (error) {
  console.error(`cross-check: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
