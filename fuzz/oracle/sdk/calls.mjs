// Calls of the contract as the official client, @mysten/walrus, makes them.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Transaction } from '@mysten/sui/transactions';

// Not exported by the package: reached by their paths.
const dist = join(dirname(fileURLToPath(import.meta.url)), 'node_modules/@mysten/walrus/dist');
const { certifyBlob } = await import(join(dist, 'contracts/walrus/system.mjs'));
const { signersToBitmap } = await import(join(dist, 'utils/index.mjs'));

export const PACKAGE = `0x${'11'.repeat(32)}`;
export const OBJECT = `0x${'22'.repeat(32)}`;

/** The values that a call puts into a transaction, in hexadecimal digits and in order; null for an object. */
export function officialArguments(call) {
  const tx = new Transaction();
  tx.add(call(tx));
  const { commands, inputs } = tx.getData();
  const move = commands.at(-1).MoveCall;
  const values = move.arguments.map((argument) => {
    const pure = inputs[argument.Input].Pure;
    return pure ? Buffer.from(pure.bytes, 'base64').toString('hex') : null;
  });
  return { module: move.module, function: move.function, values };
}

/** The same of certify_blob, with the certificate of a committee of so many members. */
export function officialCertify(signature, signers, members, message) {
  return officialArguments((tx) =>
    certifyBlob({
      package: PACKAGE,
      arguments: {
        self: OBJECT,
        blob: OBJECT,
        signature: tx.pure.vector('u8', signature),
        signersBitmap: tx.pure.vector('u8', signersToBitmap(signers, members)),
        message: tx.pure.vector('u8', message),
      },
    }),
  );
}
