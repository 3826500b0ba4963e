// Checks a repository of released artifacts, in a directory, against what Maven Central asks of each:
// https://central.sonatype.org/publish/requirements. node .ci/central-rules.mjs DIRECTORY
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const repository = process.argv[2];
const files = readdirSync(repository, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((file) => !basename(file).startsWith('maven-metadata'));
const problems = [];
const check = (holds, problem) => holds || problems.push(problem);

const poms = files.filter((file) => file.endsWith('.pom'));
check(poms.length > 0, 'no artifacts');
const text = new Map(poms.map((file) => [file, readFileSync(file, 'utf8')]));
// Of the parent, but for what stands in a block of its own.
const own = (pom) => pom.replace(/<(parent|dependencies|dependencyManagement|build|profiles)>[^]*?<\/\1>/g, '');
const parent = poms.find((file) => basename(file).startsWith('redstuff-parent-'));

for (const pom of poms) {
  const name = basename(pom, '.pom');
  const has = (element) => new RegExp(`<${element}( [^>]*)?>\\s*\\S`).test(own(text.get(pom)));
  const inherits = /<parent>/.test(text.get(pom));
  for (const element of ['name', 'description']) {
    check(has(element), `${name}: its pom has no ${element}`);
  }
  for (const element of ['url', 'licenses', 'developers', 'scm']) {
    check(has(element) || (inherits && new RegExp(`<${element}[ >]`).test(own(text.get(parent)))), `${name}: no ${element}`);
  }
  check(!/SNAPSHOT/.test(text.get(pom)), `${name}: names a snapshot`);
  if (!/<packaging>pom</.test(text.get(pom))) {
    for (const suffix of ['.jar', '-sources.jar', '-javadoc.jar', '-cyclonedx.json']) {
      check(existsSync(join(dirname(pom), name + suffix)), `${name}: no ${suffix}`);
    }
  }
}

let signed = 0;
for (const file of files.filter((each) => !/\.(asc|md5|sha1|sha256|sha512)$/.test(each))) {
  for (const algorithm of ['md5', 'sha1']) {
    const sum = `${file}.${algorithm}`;
    const expected = createHash(algorithm).update(readFileSync(file)).digest('hex');
    check(existsSync(sum) && readFileSync(sum, 'utf8').trim() === expected, `${basename(file)}: no right ${algorithm}`);
  }
  try {
    execFileSync('gpg', ['--batch', '--verify', `${file}.asc`, file], { stdio: 'pipe' });
    signed++;
  } catch (e) {
    problems.push(`${basename(file)}: not signed: ${e.stderr ?? e}`);
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`${poms.length} artifacts keep the rules of Maven Central, ${signed} files are signed`);
