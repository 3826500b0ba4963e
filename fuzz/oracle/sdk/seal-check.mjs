// Compares what Redstuff seals with what Seal's official client, @mysten/seal, does: theirs opens ours, ours
// opens theirs, and objects that were changed are refused by both; and theirs gets keys of our server. Any
// difference but those listed below ends it with exit code 1. Keys are made by redstuff.
//
//   node seal-check.mjs [SEED]

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { Ed25519Keypair } from '@mysten/sui/keypairs/ed25519';
import { Transaction } from '@mysten/sui/transactions';

import { chance } from '../chance.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const redstuff = join(here, '..', '..', '..', 'redstuff');

// Not exported by the package: reached by their paths.
const dist = join(here, 'node_modules/@mysten/seal/dist');
const { EncryptedObject } = await import(join(dist, 'bcs.mjs'));
const { G1Element, G2Element } = await import(join(dist, 'bls12381.mjs'));
const { decrypt } = await import(join(dist, 'decrypt.mjs'));
const { AesGcm256, Hmac256Ctr } = await import(join(dist, 'dem.mjs'));
const { KemType, encrypt } = await import(join(dist, 'encrypt.mjs'));
const { fetchKeysForAllIds, verifyKeyServer } = await import(join(dist, 'key-server.mjs'));
const { SessionKey } = await import(join(dist, 'session-key.mjs'));
const { createFullId } = await import(join(dist, 'utils.mjs'));

const seed = Number(process.argv[2] ?? 20261129) >>> 0;
const work = mkdtempSync(join(tmpdir(), 'redstuff-seal-check-'));
const { random, randomBytes } = chance(seed);
let checks = 0;

const SERVERS = 4;

// Each run is so short that compiling well costs more than it gains.
const env = { ...process.env, REDSTUFF_JAVA_OPTS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' };

function hex(bytes) {
  return Buffer.from(bytes).toString('hex');
}

function run(...args) {
  const result = spawnSync(redstuff, ['seal', ...args], { encoding: 'utf8', env });
  if (result.error) {
    throw result.error;
  }
  return result;
}

function fine(...args) {
  const result = run(...args);
  if (result.status !== 0) {
    throw new Error(`redstuff seal ${args.join(' ')}: exit code ${result.status}\n${result.stderr}`);
  }
  return result.stdout;
}

function fileOf(name, content) {
  const path = join(work, name);
  writeFileSync(path, content);
  return path;
}

function check(what, good) {
  if (!good) {
    throw new Error(what);
  }
  checks++;
}

// --- both sides ---

const masters = [];
const servers = [];
for (let i = 0; i < SERVERS; i++) {
  const key = join(work, `server-${i}.key`);
  const server = fine('genkey', key);
  masters.push(key);
  servers.push({ file: fileOf(`server-${i}.json`, server), ...JSON.parse(server) });
}

/** A policy of some of the servers, and user keys of some of these, for both sides. */
function policyOf(name, chosen, threshold, holders) {
  const packageId = `0x${hex(randomBytes(32))}`;
  const id = hex(randomBytes(random(40)));
  const policy = join(work, `${name}.policy`);
  const files = chosen.map((i) => servers[i].file);
  fine('policy', '--package', packageId, `--id=${id}`, '--threshold', String(threshold), '-o', policy, ...files);
  const keyFile = join(work, `${name}.keys`);
  fine('extract', '--policy', policy, '-o', keyFile, ...holders.map((i) => masters[i]));
  const fullId = createFullId(packageId, id);
  const keys = new Map(
    JSON.parse(readFileSync(keyFile, 'utf8')).keys.map((key) => [
      `${fullId}:${key.object_id}`,
      G1Element.fromBytes(Buffer.from(key.user_key, 'base64')),
    ]),
  );
  return { packageId, id, policy, keyFile, keys, chosen, threshold };
}

function officialEncrypt({ packageId, id, chosen, threshold }, encryptionInput) {
  return encrypt({
    keyServers: chosen.map((i) => ({
      objectId: servers[i].object_id,
      name: `server ${i}`,
      url: '',
      keyType: 0,
      pk: Buffer.from(servers[i].public_key, 'base64'),
    })),
    kemType: KemType.BonehFranklinBLS12381DemCCA,
    threshold,
    packageId,
    id,
    encryptionInput,
  });
}

/** The data, or nothing if it is refused. */
async function officialDecrypt({ keys, chosen }, bytes) {
  try {
    const encryptedObject = EncryptedObject.parse(bytes);
    const publicKeys = encryptedObject.services.map(([id]) =>
      G2Element.fromBytes(
        Buffer.from(servers[chosen.find((i) => servers[i].object_id === id)].public_key, 'base64'),
      ),
    );
    return await decrypt({ encryptedObject, keys, publicKeys });
  } catch {
    return undefined;
  }
}

/** The data, or nothing if it is refused. */
function ownDecrypt({ keyFile }, bytes) {
  const out = join(work, 'opened');
  rmSync(out, { force: true });
  const result = run('decrypt', '--key-file', keyFile, '-o', out, fileOf('sealed', bytes));
  if (result.status === 1) {
    return undefined;
  }
  if (result.status !== 0) {
    throw new Error(`redstuff seal decrypt: exit code ${result.status}\n${result.stderr}`);
  }
  return readFileSync(out);
}

function same(left, right) {
  return left !== undefined && Buffer.compare(Buffer.from(left), Buffer.from(right)) === 0;
}

// --- what is compared ---

async function checkBothWays(round) {
  const count = 1 + random(SERVERS);
  const order = servers.map((_, i) => i).sort(() => random(3) - 1);
  const chosen = order.slice(0, count);
  if (count > 1 && random(3) === 0) {
    chosen[1] = chosen[0];
  }
  const threshold = 1 + random(count);
  const case_ = policyOf(`case-${round}`, chosen, threshold, [...new Set(chosen)]);
  const data = randomBytes(random(3000));
  const aad = randomBytes(random(20));
  for (const Cipher of [AesGcm256, Hmac256Ctr]) {
    const what = `round ${round}, ${Cipher.name}, ${threshold} of ${count}`;
    const { encryptedObject: theirs } = await officialEncrypt(case_, new Cipher(data, aad));
    check(`${what}: ours does not open theirs`, same(ownDecrypt(case_, theirs), data));
    const out = join(work, 'ours');
    const format = Cipher === AesGcm256 ? '--object' : '--hmac';
    fine('encrypt', '--policy', case_.policy, format, '-o', out, fileOf('data', data));
    const ours = readFileSync(out);
    check(`${what}: theirs does not open ours`, same(await officialDecrypt(case_, ours), data));
    for (const good of [theirs, ours]) {
      const bad = Uint8Array.from(good);
      const at = 1 + random(bad.length - 1);
      bad[at] ^= 1 << random(8);
      check(`${what}: theirs opens it though byte ${at} was changed`, (await officialDecrypt(case_, bad)) === undefined);
      check(`${what}: ours opens it though byte ${at} was changed`, ownDecrypt(case_, bad) === undefined);
    }
  }
}

/** What they read and we refuse, as Rust does. */
async function checkStricter() {
  const case_ = policyOf('strict', [0, 1], 2, [0, 1]);
  const data = randomBytes(100);
  const { encryptedObject } = await officialEncrypt(case_, new AesGcm256(data, new Uint8Array()));
  const version = Uint8Array.from(encryptedObject);
  version[0] = 1;
  check('version 1', same(await officialDecrypt(case_, version), data) && !ownDecrypt(case_, version));
  const longer = Uint8Array.from([...encryptedObject, 0]);
  check('a byte more', same(await officialDecrypt(case_, longer), data) && !ownDecrypt(case_, longer));
}

async function checkTooFew() {
  const case_ = policyOf('few', [0, 1, 2], 2, [1]);
  const { encryptedObject } = await officialEncrypt(case_, new AesGcm256(randomBytes(10), new Uint8Array()));
  check('too few keys', (await officialDecrypt(case_, encryptedObject)) === undefined && !ownDecrypt(case_, encryptedObject));
}

/** What theirs gets from our server as a user: keys by full id. */
async function officialFetch(url, { packageId, id }, user) {
  const session = new SessionKey({ address: user.toSuiAddress(), packageId, ttlMin: 5, signer: user });
  const transaction = new Transaction();
  transaction.moveCall({
    target: `${packageId}::policy::seal_approve`,
    arguments: [transaction.pure.vector('u8', Buffer.from(id, 'hex')), transaction.object.clock()],
  });
  const transactionBytes = await transaction.build({ onlyTransactionKind: true });
  const certificate = await session.getCertificate();
  const params = await session.createRequestParams(transactionBytes);
  return fetchKeysForAllIds({ url, transactionBytes, certificate, timeout: 10_000, ...params });
}

async function checkServer() {
  const case_ = policyOf('served', [0], 1, [0]);
  const user = Ed25519Keypair.generate();
  const server = spawn(redstuff, ['seal', 'serve', '--allow', user.toSuiAddress(), masters[0]]);
  try {
    const [url] = await Promise.race([once(createInterface(server.stdout), 'line'), once(server, 'exit')]);
    const { object_id: objectId, public_key: publicKey } = servers[0];
    const registered = { url, objectId, pk: Buffer.from(publicKey, 'base64') };
    check('theirs does not know our server', await verifyKeyServer(registered, 10_000));
    const [fetched] = await officialFetch(url, case_, user);
    const [key] = case_.keys.values();
    check('theirs does not get the key', same(fetched.key, key.toBytes()));
    check('the key is of something else', fetched.fullId === createFullId(case_.packageId, case_.id));
    const refused = await officialFetch(url, case_, Ed25519Keypair.generate()).catch((error) => error);
    check(`somebody else gets ${refused}`, refused.constructor.name === 'NoAccessError');
  } finally {
    server.kill();
  }
}

try {
  for (let round = 0; round < 2; round++) {
    await checkBothWays(round);
  }
  await checkStricter();
  await checkTooFew();
  await checkServer();
  console.log(`${checks} checks agreed with @mysten/seal 1.4.12 (seed ${seed})`);
} catch (error) {
  console.error(`seal-check: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
