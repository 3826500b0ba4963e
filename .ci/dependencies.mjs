// Compares what the build fetched with docs/dependencies.tsv, checksum by checksum.
// node .ci/dependencies.mjs [--write], after mvn package -Dcyclonedx.skip=false, which writes target/bom.json.
import { readFileSync, writeFileSync } from 'node:fs';

const root = new URL('..', import.meta.url);
const list = new URL('docs/dependencies.tsv', root);
const bom = JSON.parse(readFileSync(new URL('target/bom.json', root), 'utf8'));

const fetched = bom.components
  .filter((component) => component.group !== 'io.redstuff')
  .map((component) => {
    const sha256 = component.hashes?.find((hash) => hash.alg === 'SHA-256')?.content;
    if (!sha256) {
      throw new Error(`no SHA-256 of ${component.purl} in target/bom.json`);
    }
    return `${component.group}:${component.name}:${component.version}\t${sha256}`;
  })
  .sort();
const now = fetched.join('\n') + '\n';

if (process.argv[2] === '--write') {
  writeFileSync(list, now);
  console.log(`wrote ${fetched.length} dependencies`);
} else {
  const known = readFileSync(list, 'utf8');
  const lines = new Set(known.trimEnd().split('\n'));
  const strange = fetched.filter((line) => !lines.has(line));
  const gone = [...lines].filter((line) => !fetched.includes(line));
  if (strange.length + gone.length > 0) {
    console.error(`docs/dependencies.tsv is not what was fetched.\nfetched, not listed:\n${strange.join('\n')}`);
    console.error(`listed, not fetched:\n${gone.join('\n')}`);
    process.exit(1);
  }
  console.log(`${fetched.length} dependencies have the checksums of docs/dependencies.tsv`);
}
