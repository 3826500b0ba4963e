// The official verdicts on signatures: answers one line for each line read, all in hexadecimal.
//   verify SIGNATURE KEY MESSAGE                     true, false or throws
//   verify-aggregate SIGNATURE MESSAGE KEY...        the same
//   aggregate SIGNATURE...                           the sum, or throws
// An empty field is written as '-'.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const wasm = createRequire(import.meta.url)(
  join(
    dirname(fileURLToPath(import.meta.url)),
    'node_modules/@mysten/walrus-wasm/nodejs/walrus_wasm.js',
  ),
);

const bytes = (hex) => (hex === '-' ? new Uint8Array() : new Uint8Array(Buffer.from(hex, 'hex')));

const operations = {
  verify: ([signature, key, message]) => wasm.bls12381_min_pk_verify(signature, key, message),
  'verify-aggregate': ([signature, message, ...keys]) =>
    wasm.bls12381_min_pk_verify_aggregate(keys, message, signature),
  aggregate: (signatures) => Buffer.from(wasm.bls12381_min_pk_aggregate(signatures)).toString('hex'),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [operation, ...fields] = line.split(' ');
  let answer;
  try {
    answer = operations[operation](fields.map(bytes));
  } catch {
    answer = 'throws';
  }
  process.stdout.write(`${answer}\n`);
}
