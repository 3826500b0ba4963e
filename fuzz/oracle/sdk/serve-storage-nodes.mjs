// Answers requests, see ../requests.mjs, by having the official client of storage nodes, StorageNodeClient of
// @mysten/walrus, work for them. What surrounds it is the package's own, too: encoder, decoder and signatures in
// WebAssembly, shares of shards, forms of bytes. Blob ids are texts, and nodes numbers in the order of the committee.
//
//   N 0 0 committee                              the nodes, in JSON
//   E n 0 blob                                   encodes: metadata with its id
//   T n 0 metadata primary... secondary...       takes what somebody else has encoded
//   S 0 0 id node...                             stores at each node what it is to have: the answers, in JSON
//   F 0 0 id object node...                      nodes confirm (a deletable blob, if there is an object): certificate
//   R 0 0 id                                     reads from all nodes, verifies: the blob
//   C 0 0 method node arguments options [body]   one call: its value in JSON, and in bytes where it has them
//   M 0 0                                        methods there are, methods that were called, requests that were sent
//
// An error of the client's is the message of the answer: its class, and what it knows of the node's answer.

import { InconsistentBlobError, StorageNodeAPIError, WalrusClientError } from '@mysten/walrus';

import { serve } from '../requests.mjs';
// not among what the package exports
import { StorageNodeClient } from './node_modules/@mysten/walrus/dist/storage-node/client.mjs';
import {
  BlobMetadata,
  BlobMetadataWithId,
  CertificateBcs,
  IntentType,
  SliverData,
  StorageConfirmation,
} from './node_modules/@mysten/walrus/dist/utils/bcs.mjs';
import { getSourceSymbols, isQuorum, toPairIndex } from './node_modules/@mysten/walrus/dist/utils/index.mjs';
import { getWasmBindings } from './node_modules/@mysten/walrus/dist/wasm.mjs';

const { combineSignatures, computeMetadata, decodePrimarySlivers, encodeBlob, getVerifySignature } =
  await getWasmBindings();
const isSigned = getVerifySignature();

const encodings = new Map();
const requests = new Set();
const called = new Set();
const told = new WeakSet();
let committee;

// --- the client ---

/** Sends without TLS what the client would send with it. */
function plainFetch(url, init) {
  requests.add(`${init.method ?? 'GET'} ${new URL(url).pathname}`);
  return fetch(url.replace(/^https:/, 'http:'), init);
}

const official = new StorageNodeClient({
  fetch: plainFetch,
  timeout: 20_000,
  onError: (error) => told.add(error),
});

/** Calls a method of the client, and remembers that it did. */
async function call(method, node, args, options = {}) {
  called.add(method);
  const nodeUrl = committee.members[node].url;
  try {
    return await official[method](args, { ...options, nodeUrl });
  } catch (error) {
    throw told.has(error) ? error : new Error(`${method}: onError was not told`, { cause: error });
  }
}

/** What to say of an error: of the client's its class, and what it knows of a node's answer. */
function described(error) {
  const name = error.constructor.name;
  if (error instanceof StorageNodeAPIError) {
    return new Error(`${name} ${error.status} ${error.error?.error.details[0].reason}`);
  }
  return error instanceof WalrusClientError ? new Error(name) : error;
}

function pairsOf(node, blobId) {
  const { shards } = committee.members[node];
  return shards.map((shard) => toPairIndex(shard, blobId, committee.shards));
}

/** Both slivers of each pair that a node has. */
function sliversOf(node, blobId) {
  return pairsOf(node, blobId).flatMap((sliverPairIndex) =>
    ['primary', 'secondary'].map((sliverType) => ({ blobId, sliverPairIndex, sliverType })),
  );
}

const everyNode = () => committee.members.map((_, node) => node);

function same(what, actual, expected) {
  if (Buffer.compare(Buffer.from(actual), Buffer.from(expected)) !== 0) {
    throw new Error(`${what}: got ${actual.length} bytes that differ from the ${expected.length} expected`);
  }
}

// --- storing ---

function streamOf(bytes) {
  const half = bytes.length >> 1;
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.subarray(0, half));
      controller.enqueue(bytes.subarray(half));
      controller.close();
    },
  });
}

/** Every form in which the client takes a body. */
const FORMS = [
  (bytes) => bytes,
  (bytes, type) => type.parse(bytes),
  (bytes) => bytes.slice().buffer,
  (bytes) => new Blob([bytes]),
  streamOf,
];

let uploads = 0;

/** A body in the next form, and what fetch has to know of it. */
function upload(bytes, type) {
  const body = FORMS[uploads++ % FORMS.length](bytes, type);
  return { body, options: body instanceof ReadableStream ? { duplex: 'half' } : {} };
}

async function storeMetadata(node, blobId, bytes) {
  const { body, options } = upload(bytes, BlobMetadata);
  return call('storeBlobMetadata', node, { blobId, metadata: body }, options);
}

async function storeSliver(node, which, bytes) {
  const { body, options } = upload(bytes, SliverData);
  return call('storeSliver', node, { ...which, sliver: body }, options);
}

/** As the official client does it: metadata, then all slivers at a time. */
async function storeAt(node, blobId) {
  const { metadata, slivers } = encodings.get(blobId);
  const answers = [await storeMetadata(node, blobId, metadata)];
  const writes = sliversOf(node, blobId).map((which) =>
    storeSliver(node, which, slivers[which.sliverType][which.sliverPairIndex]),
  );
  answers.push(...(await Promise.all(writes)));
  return answers.map(({ success }) => success);
}

/** As the official client's certificateFromConfirmations does it, which needs a chain. */
async function certificate(blobId, objectId, nodes) {
  const expected = StorageConfirmation.serialize({
    intent: IntentType.BLOB_CERT_MSG,
    epoch: committee.epoch,
    messageContents: { blobId, blobType: objectId ? { Deletable: { objectId } } : { Permanent: null } },
  }).toBase64();
  const confirmations = await Promise.all(
    nodes.map(async (node) => {
      const answer = objectId
        ? await call('getDeletableBlobConfirmation', node, { blobId, objectId })
        : await call('getPermanentBlobConfirmation', node, { blobId });
      return answer.success.data.signed;
    }),
  );
  confirmations.forEach((confirmation, i) => {
    if (confirmation.serializedMessage !== expected) {
      throw new Error(`node ${nodes[i]} signed ${confirmation.serializedMessage}, expected ${expected}`);
    }
    if (!isSigned(confirmation, committee.members[nodes[i]].key)) {
      throw new Error(`node ${nodes[i]}: the signature is wrong`);
    }
  });
  if (!isQuorum(confirmations.length, committee.members.length)) {
    throw new Error(`${confirmations.length} of ${committee.members.length} nodes confirmed`);
  }
  return CertificateBcs.serialize(combineSignatures(confirmations, nodes)).toBytes();
}

// --- reading ---

/** As the official client does it, but everything that is there, and compared with what the encoder makes of the blob. */
async function read(blobId) {
  const metadata = await Promise.all(everyNode().map((node) => call('getBlobMetadata', node, { blobId })));
  const slivers = { primary: [], secondary: [] };
  await Promise.all(
    everyNode().flatMap((node) =>
      sliversOf(node, blobId).map(async (which) => {
        slivers[which.sliverType][which.sliverPairIndex] = await call('getSliver', node, which);
      }),
    ),
  );
  const { primarySymbols } = getSourceSymbols(committee.shards);
  const length = metadata[0].metadata.V1.unencoded_length;
  const blob = decodePrimarySlivers(blobId, committee.shards, length, slivers.primary.slice(0, primarySymbols));
  if (computeMetadata(committee.shards, blob).blobId !== blobId) {
    throw new InconsistentBlobError('The specified blob was encoded incorrectly.');
  }
  const others = decodePrimarySlivers(blobId, committee.shards, length, slivers.primary.slice(-primarySymbols));
  same('the blob, from other slivers', others, blob);
  const again = encodeBlob(committee.shards, blob);
  const expected = BlobMetadataWithId.serialize({ blobId, metadata: again.metadata }).toBytes();
  metadata.forEach((got) => same('metadata', BlobMetadataWithId.serialize(got).toBytes(), expected));
  again.primarySlivers.forEach((sliver, pair) => same(`primary ${pair}`, slivers.primary[pair], sliver));
  again.secondarySlivers.forEach((sliver, pair) => same(`secondary ${pair}`, slivers.secondary[pair], sliver));
  return blob;
}

// --- requests ---

const text = (bytes) => Buffer.from(bytes).toString();
const json = (value) => Buffer.from(JSON.stringify(value));
const numbers = (parts) => parts.map((part) => Number(text(part)));

function committeeOf({ epoch, n_shards: shards, members }) {
  return {
    epoch,
    shards,
    members: members.map(({ address, public_key: key, shards: its }) => ({
      url: address.replace(/^http:/, 'https:'),
      key: new Uint8Array(Buffer.from(key, 'base64')),
      shards: its,
    })),
  };
}

function keep(blobId, metadata, primary, secondary) {
  encodings.set(blobId, { metadata: BlobMetadata.serialize(metadata).toBytes(), slivers: { primary, secondary } });
}

const answers = {
  N: ([nodes]) => {
    committee = committeeOf(JSON.parse(text(nodes)));
    return [];
  },
  E: ([blob], n) => {
    const { blobId, metadata, primarySlivers, secondarySlivers } = encodeBlob(n, blob);
    keep(blobId, metadata, primarySlivers, secondarySlivers);
    return [BlobMetadataWithId.serialize({ blobId, metadata }).toBytes()];
  },
  T: ([bcs, ...slivers], n) => {
    const { blobId, metadata } = BlobMetadataWithId.parse(bcs);
    keep(blobId, metadata, slivers.slice(0, n), slivers.slice(n));
    return [];
  },
  S: async ([id, ...nodes]) => [
    json(await Promise.all(numbers(nodes).map((node) => storeAt(node, text(id))))),
  ],
  F: async ([id, object, ...nodes]) => [await certificate(text(id), text(object), numbers(nodes))],
  R: async ([id]) => [await read(text(id))],
  C: async ([method, node, args, options, body]) => {
    const given = JSON.parse(text(args));
    const name = text(method);
    if (body) {
      given[name === 'storeSliver' ? 'sliver' : 'metadata'] = body;
    }
    const value = await call(name, Number(text(node)), given, JSON.parse(text(options)));
    return value instanceof Uint8Array ? [json(null), value] : [json(value)];
  },
  M: () => {
    const methods = Object.getOwnPropertyNames(StorageNodeClient.prototype);
    return [methods.filter((name) => name !== 'constructor'), [...called], [...requests]].map(json);
  },
};

serve(async ({ tag, n, parts }) => {
  try {
    return await answers[tag](parts, n);
  } catch (error) {
    throw described(error);
  }
});
