// From keys to a certificate, by the launcher's commands as a user types them, and the official verdict on it:
// a committee of ten nodes with uneven weights, a file encoded, seven nodes confirm, one who lacks a sliver
// refuses, the certificate is checked with the committee file alone, and what certify_blob takes is what the
// official client gives it. Takes half a minute; not part of CI, where the same is done in one JVM.

import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { officialCertify } from './calls.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const wasm = createRequire(import.meta.url)(
  join(here, '../node_modules/@mysten/walrus-wasm/nodejs/walrus_wasm.js'),
);
const launcher = join(here, '../../../redstuff');
const work = mkdtempSync(join(tmpdir(), 'redstuff-availability-'));
const at = (name) => join(work, name);
const redstuff = (...args) => execFileSync(launcher, args, { encoding: 'utf8' });

const weights = [7, 1, 4, 2, 5, 1, 3, 2, 4, 2]; // 31 shards, of which 21 are enough
const signers = [0, 2, 4, 6, 7, 9, 1];

function check(what, good) {
  if (!good) {
    throw new Error(what);
  }
  console.log(`ok: ${what}`);
}

try {
  let shard = 0;
  const members = weights.map((weight, node) => {
    const { publicKey } = JSON.parse(redstuff('key', 'new', '--json', at(`${node}.key`)));
    return {
      node_id: `0x${node.toString(16).padStart(64, '0')}`,
      public_key: publicKey,
      shards: Array.from({ length: weight }, () => shard++),
    };
  });
  writeFileSync(at('committee.json'), JSON.stringify({ epoch: 5, members }));
  writeFileSync(at('file'), Buffer.from(members[0].public_key.repeat(1000)));

  const n = String(shard);
  const id = redstuff('encode', '-n', n, '-o', at('out'), at('file')).trim();
  const confirm = (node) => [
    ...['confirm', at('out'), '--key', at(`${node}.key`), '--epoch', '5'],
    ...['--committee', at('committee.json'), '-o', at(`${node}.confirmation`)],
  ];
  signers.forEach((node) => redstuff(...confirm(node)));
  console.log(
    redstuff(
      ...['certify', '--committee', at('committee.json'), '-o', at('certificate')],
      ...signers.map((node) => at(`${node}.confirmation`)),
    ).trim(),
  );

  const certificate = readFileSync(at('certificate'));
  const count = certificate[0];
  const named = Array.from({ length: count }, (_, i) => certificate.readUInt16LE(1 + 2 * i));
  const length = certificate[1 + 2 * count];
  const start = 2 + 2 * count;
  const message = certificate.subarray(start, start + length);
  const signature = certificate.subarray(start + length);
  check('the signature has 96 bytes', signature.length === 96);
  check('the message is about the blob', message.subarray(7, 39).toString('base64url') === id);
  const keys = named.map((i) => new Uint8Array(Buffer.from(members[i].public_key, 'base64')));
  check(
    'the official package verifies the certificate',
    wasm.bls12381_min_pk_verify_aggregate(keys, new Uint8Array(message), new Uint8Array(signature)),
  );
  const verdict = redstuff('check', '--committee', at('committee.json'), at('certificate'));
  check('check accepts it with the committee file alone', verdict.includes(id));
  const nodes = String(weights.length);
  const call = JSON.parse(redstuff('chain-args', 'certify', at('certificate'), '--members', nodes, '--json'));
  check(
    'chain-args gives certify_blob what the official client gives it',
    JSON.stringify(call.arguments.map(({ bcs }) => bcs)) ===
      JSON.stringify(officialCertify(signature, named, weights.length, message).values),
  );

  const primary = at('out/primary');
  const hidden = readdirSync(primary)[0];
  renameSync(join(primary, hidden), at('hidden'));
  const lacking = weights.map((_, node) => spawnSync(launcher, confirm(node)).status);
  check(
    'one node lacks a sliver and does not confirm',
    lacking.filter((status) => status === 1).length === 1 &&
      lacking.filter((status) => status === 0).length === weights.length - 1,
  );
} finally {
  rmSync(work, { recursive: true });
}
