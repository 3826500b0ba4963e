// Clients that nobody here wrote store and read on a network that this starts: curl, by the commands of the Walrus documentation, and
// swagger-client, which knows nothing but the description at /v1/api. Blob ids are compared with those of the official encoder,
// @mysten/walrus-wasm. Prints what failed, and at the end 'N passed, N failed'; the exit code is 1 if something did.
//
//   node check.mjs [ADDRESS]     the address of a network that runs already, of ten shards

import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import SwaggerClient from 'swagger-client';

const here = dirname(fileURLToPath(import.meta.url));
const { BlobEncoder } = createRequire(import.meta.url)(join(here, 'node_modules/@mysten/walrus-wasm/nodejs/walrus_wasm.js'));

const NODES = 4;
const SHARDS = 10;
const work = mkdtempSync(join(tmpdir(), 'redstuff-clients-'));
let passed = 0;
let failed = 0;

function check(what, isGood, got) {
  if (isGood) {
    passed++;
  } else {
    failed++;
    console.error(`${what}: got ${typeof got === 'string' ? got : JSON.stringify(got)}`);
  }
}

/** Runs a part of the check; whatever it throws is a failure. */
async function part(what, body) {
  try {
    await body();
  } catch (e) {
    check(what, false, `${e.message}${e.response ? ` ${JSON.stringify(e.response.body ?? e.response.text)}` : ''}`);
  }
}

// --- the network ---

/** Starts a network; returns its address and what ends it. */
async function start() {
  const redstuff = join(here, '..', '..', 'redstuff');
  const args = ['network', 'up', '--nodes', NODES, '--shards', SHARDS, '--port', '0', '--data', join(work, 'network')];
  const process = spawn(redstuff, args.map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => process.once('exit', resolve));
  for await (const line of createInterface({ input: process.stdout })) {
    const ready = /^ready: (http:\S+)/.exec(line);
    if (ready) {
      return {
        address: ready[1],
        stop: async () => {
          process.kill('SIGTERM');
          await ended;
        },
      };
    }
  }
  throw new Error('network: ended before it was ready');
}

// --- the official encoder ---

/** Returns the blob id, as text. */
function blobId(bytes) {
  const encoder = new BlobEncoder(SHARDS);
  try {
    const [id] = encoder.compute_metadata(bytes);
    return Buffer.from(id).toString('base64url');
  } finally {
    encoder.free();
  }
}

// --- curl ---

function curl(...args) {
  const result = spawnSync('curl', ['-sS', ...args], { maxBuffer: 1 << 26 });
  if (result.error) {
    throw result.error;
  }
  if (result.status !== 0) {
    throw new Error(`curl ${args.join(' ')}: exit code ${result.status}: ${result.stderr}`);
  }
  return result.stdout;
}

function curlJson(...args) {
  const out = curl(...args).toString();
  try {
    return JSON.parse(out);
  } catch {
    throw new Error(`curl ${args.join(' ')}: got no JSON: ${out}`);
  }
}

async function checkCurl(address) {
  const [PUBLISHER, AGGREGATOR] = [address, address];
  const file = join(work, 'file');
  const bytes = randomBytes(100_000);
  writeFileSync(file, bytes);
  await part('curl -d', () => {
    const stored = curlJson('-X', 'PUT', `${PUBLISHER}/v1/blobs`, '-d', 'some string');
    check('curl -d', stored.newlyCreated?.blobObject.size === 11, stored);
    check('curl -d: id', stored.newlyCreated?.blobObject.blobId === blobId(Buffer.from('some string')), stored);
  });
  await part('curl --upload-file', () => {
    const stored = curlJson('-X', 'PUT', `${PUBLISHER}/v1/blobs?epochs=5&permanent=true`, '--upload-file', file);
    const blob = stored.newlyCreated?.blobObject;
    check('curl --upload-file: id', blob?.blobId === blobId(bytes), stored);
    check('curl --upload-file: epochs', blob?.storage.endEpoch - blob?.storage.startEpoch === 5, stored);
    check('curl --upload-file: permanent', blob?.deletable === false, stored);
    const again = curlJson('-X', 'PUT', `${PUBLISHER}/v1/blobs?epochs=5&permanent=true`, '--upload-file', file);
    check('curl: again', again.alreadyCertified?.blobId === blob?.blobId, again);
    curl(`${AGGREGATOR}/v1/blobs/${blob.blobId}`, '-o', join(work, 'back'));
    check('curl -o', readFileSync(join(work, 'back')).equals(bytes), 'other bytes');
    check('curl by object', curl(`${AGGREGATOR}/v1/blobs/by-object-id/${blob.id}`).equals(bytes), 'other bytes');
    const range = curl('-r', '1000-1999', `${AGGREGATOR}/v1/blobs/${blob.blobId}`);
    check('curl -r', range.equals(bytes.subarray(1000, 2000)), range.toString().slice(0, 300));
    const head = curl('-I', `${AGGREGATOR}/v1/blobs/${blob.blobId}`).toString();
    check('curl -I', new RegExp(`^etag: "?${blob.blobId}"?\r$`, 'im').test(head), head);
  });
  await part('curl of a quilt', () => {
    writeFileSync(join(work, 'logo'), 'a logo');
    const stored = curlJson('-X', 'PUT', `${PUBLISHER}/v1/quilts?epochs=5`,
        '-F', `contract-v2=@${file}`, '-F', `logo-2024=@${join(work, 'logo')}`);
    const quilt = stored.blobStoreResult.newlyCreated.blobObject.blobId;
    const patch = stored.storedQuiltBlobs.find((one) => one.identifier === 'contract-v2').quiltPatchId;
    check('curl by patch', curl(`${AGGREGATOR}/v1/blobs/by-quilt-patch-id/${patch}`).equals(bytes), 'other bytes');
    const logo = curl(`${AGGREGATOR}/v1/blobs/by-quilt-id/${quilt}/logo-2024`).toString();
    check('curl by quilt', logo === 'a logo', logo);
    const patches = curlJson(`${AGGREGATOR}/v1/quilts/${quilt}/patches`);
    check('curl patches', patches.map((one) => one.identifier).join() === 'contract-v2,logo-2024', patches);
  });
  await part('curl of nothing', () => {
    const error = curlJson(`${AGGREGATOR}/v1/blobs/${'A'.repeat(43)}`).error;
    check('curl of nothing', error?.code === 404 && error.details[0].reason === 'BLOB_NOT_FOUND', error);
  });
}

// --- swagger-client ---

async function checkSwagger(address) {
  const client = await SwaggerClient({ url: `${address}/v1/api` });
  const bytes = randomBytes(50_000);
  const call = (operationId, parameters, options = {}) =>
      client.execute({ operationId, parameters, server: address, ...options });
  await part('swagger-client put_blob', async () => {
    const stored = await call('put_blob', { epochs: 3, permanent: true }, {
      requestBody: bytes,
      requestContentType: 'application/octet-stream',
    });
    const blob = stored.body.newlyCreated?.blobObject;
    check('swagger-client put_blob: id', blob?.blobId === blobId(bytes), stored.body);
    const parameters = { blob_id: blob.blobId };
    const read = await call('get_blob', parameters, { responseContentType: 'application/octet-stream' });
    check('swagger-client get_blob', Buffer.from(await read.data.arrayBuffer()).equals(bytes), 'other bytes');
    const object = await call('get_blob_by_object_id', { blob_object_id: blob.id });
    check('swagger-client get_blob_by_object_id', Buffer.from(await object.data.arrayBuffer()).equals(bytes), 'other bytes');
  });
  await part('swagger-client of nothing', async () => {
    const error = await call('get_blob', { blob_id: 'A'.repeat(43) }).catch((e) => e);
    check('swagger-client of nothing', error.status === 404, error.status ?? error.message);
  });
}

const network = process.argv[2] ? { address: process.argv[2], stop: async () => {} } : await start();
try {
  await part('curl', () => checkCurl(network.address));
  await part('swagger-client', () => checkSwagger(network.address));
} finally {
  await network.stop();
  rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
