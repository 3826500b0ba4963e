// Compares what Redstuff tells the chain with what the official client, @mysten/walrus, does: arguments of
// calls, certificates, signer bitmaps, lengths and units. Any difference ends it with exit code 1.
//
//   node chain-check.mjs [SEED]

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chance } from '../chance.mjs';
import { describe } from '../official.mjs';
import { OBJECT, PACKAGE, officialArguments, officialCertify } from './calls.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const redstuff = join(here, '..', '..', '..', 'redstuff');

// Not exported by the package: reached by their paths.
const dist = join(here, 'node_modules/@mysten/walrus/dist');
const { deleteBlob, extendBlob, registerBlob, reserveSpace } = await import(
  join(dist, 'contracts/walrus/system.mjs')
);
const { CertificateBcs, StorageConfirmation, blobIdFromBytes, blobIdToInt } = await import(
  join(dist, 'utils/bcs.mjs')
);
const { encodedBlobLength, storageUnitsFromSize } = await import(
  join(dist, 'utils/index.mjs')
);

const seed = Number(process.argv[2] ?? 20261128) >>> 0;
const work = mkdtempSync(join(tmpdir(), 'redstuff-chain-check-'));
let checks = 0;

// --- chance, from the seed ---

const { random, randomBytes } = chance(seed);

function someOf(count) {
  return Array.from({ length: count }, (_, i) => i)
    .map((i) => [random(1 << 30), i])
    .sort((a, b) => a[0] - b[0])
    .map(([, i]) => i)
    .slice(0, 1 + random(count));
}

// --- both sides ---

function run(...args) {
  const result = spawnSync(redstuff, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (result.error) {
    throw result.error;
  }
  if (result.status !== 0) {
    throw new Error(`redstuff ${args.join(' ')}: exit code ${result.status}\n${result.stderr}`);
  }
  return result.stdout;
}

function ownArguments(...args) {
  const report = JSON.parse(run('chain-args', ...args, '--json'));
  return {
    module: report.module,
    function: report.function,
    values: report.arguments.map((argument) => argument.bcs),
  };
}

function same(what, actual, expected) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`${what}: got ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
  }
  checks++;
}

// --- what is compared ---

function checkRegister() {
  const n = [4, 7, 10, 13][random(4)];
  const blob = randomBytes(random(2000));
  const file = join(work, 'blob');
  const out = join(work, 'out');
  writeFileSync(file, blob);
  run('encode', '-n', String(n), '-o', out, file);
  const { id, root, length } = describe(n, blob);
  const deletable = random(2) === 1;
  const ours = ownArguments('register', out, ...(deletable ? ['--deletable'] : []));
  const official = officialArguments(() =>
    registerBlob({
      package: PACKAGE,
      arguments: {
        self: OBJECT,
        storage: OBJECT,
        blobId: blobIdToInt(blobIdFromBytes(id)),
        rootHash: BigInt(`0x${Buffer.from(root).reverse().toString('hex')}`),
        size: length,
        encodingType: 1,
        deletable,
        writePayment: OBJECT,
      },
    }),
  );
  same(`register, n = ${n}, ${blob.length} bytes`, ours, official);
  rmSync(out, { recursive: true });
}

function checkCertify() {
  const members = 1 + random(150);
  const signers = someOf(members);
  const signature = Uint8Array.from([0x80 | random(64), ...randomBytes(95)]);
  const objectId = `0x${Buffer.from(randomBytes(32)).toString('hex')}`;
  const serializedMessage = StorageConfirmation.serialize({
    intent: 1,
    epoch: random(2 ** 32),
    messageContents: {
      blobId: blobIdFromBytes(randomBytes(32)),
      blobType: random(2) === 1 ? { Permanent: null } : { Deletable: { objectId } },
    },
  }).toBytes();
  const official = officialCertify(signature, signers, members, serializedMessage);
  const typescript = CertificateBcs.serialize({ signers, serializedMessage, signature }).toBytes();
  const rust = Buffer.concat([typescript.subarray(0, -97), signature]);
  for (const [form, bytes] of Object.entries({ typescript, rust })) {
    const file = join(work, form);
    writeFileSync(file, bytes);
    const ours = ownArguments('certify', file, '--members', String(members));
    same(`certify, ${form}, ${signers.length} of ${members}`, ours, official);
  }
}

function checkNumbers() {
  const epochs = random(2 ** 32);
  const size = random(2 ** 32) * 1000 + random(1000);
  same(
    `reserve ${size}, ${epochs}`,
    ownArguments('reserve', '--size', String(size), '--epochs', String(epochs)),
    officialArguments(() =>
      reserveSpace({
        package: PACKAGE,
        arguments: { self: OBJECT, storageAmount: size, epochsAhead: epochs, payment: OBJECT },
      }),
    ),
  );
  same(
    `extend ${epochs}`,
    ownArguments('extend', '--epochs', String(epochs)),
    officialArguments(() =>
      extendBlob({
        package: PACKAGE,
        arguments: { self: OBJECT, blob: OBJECT, extendedEpochs: epochs, payment: OBJECT },
      }),
    ),
  );
  same(
    'delete',
    ownArguments('delete'),
    officialArguments(() =>
      deleteBlob({ package: PACKAGE, arguments: { self: OBJECT, blob: OBJECT } }),
    ),
  );
}

function checkPrice() {
  const n = 4 + random(1000);
  const length = random(10) === 0 ? 0 : random(10 ** (1 + random(5)));
  const prices = ['--epochs', '1', '--storage-price', '1', '--write-price', '1'];
  const report = JSON.parse(
    run('price', '-n', String(n), '--size', String(length), ...prices, '--json'),
  );
  const encoded = encodedBlobLength(length, n);
  same(
    `price, n = ${n}, ${length} bytes`,
    [report.encodedLength, report.units, report.storageCost],
    [encoded, storageUnitsFromSize(encoded), String(storageUnitsFromSize(encoded))],
  );
}

try {
  for (let i = 0; i < 4; i++) {
    checkRegister();
    checkCertify();
    checkNumbers();
    checkPrice();
  }
  console.log(`${checks} checks agreed with @mysten/walrus 1.2.13 (seed ${seed})`);
} catch (error) {
  console.error(`chain-check: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
