// node --test .ci/docs-commands.test.mjs: what docs-commands.mjs takes for a failure, on small repositories.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('docs-commands.mjs', import.meta.url));

/** Runs the script on a repository with one page and returns its status and the lines that it says. */
function run(page, sayings = {}) {
  const root = mkdtempSync(join(tmpdir(), 'docs-commands-test-'));
  try {
    const git = (...args) => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: root });
    mkdirSync(join(root, '.ci'));
    cpSync(script, join(root, '.ci/docs-commands.mjs'));
    writeFileSync(join(root, '.ci/docs-commands.json'), JSON.stringify({ 'README.md': sayings }));
    writeFileSync(join(root, 'README.md'), page);
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'all');
    const ran = spawnSync('node', [join(root, '.ci/docs-commands.mjs')], { encoding: 'utf8' });
    assert.equal(ran.stderr, '');
    return { status: ran.status, said: ran.stdout, last: ran.stdout.trimEnd().split('\n').at(-1).replace(/^.*: /, '') };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const block = (...lines) => ['text', '```sh', ...lines, '```', ''].join('\n');

test('commands run in order, in one shell, over several lines and blocks', () => {
  const page =
    block('X=1      # a comment', 'for i in 1 2; do', '  echo $i', 'done > list') +
    block('wc -l \\', '  < list   # 2', "echo \"it's $X\" > said && grep -q \"it's 1\" said");
  const { status, last, said } = run(page);
  assert.deepEqual([status, last], [0, '4 passed, 0 failed'], said);
});

test('a command that fails is a failure, and so are those that come after it', () => {
  const { status, last, said } = run(block('true', 'ls nowhere', 'true'));
  assert.deepEqual([status, last], [1, '1 passed, 2 failed']);
  assert.match(said, /FAILED {2}README\.md:4 {2}ls nowhere\n.*status: got 2, expected 0/);
  assert.match(said, /not reached/);
});

test('what is not run is named, and names stand for something', () => {
  const page = block('sleep 1000000', 'true');
  assert.equal(run(page, { notRun: { 'sleep *': 'takes long' } }).last, '1 passed, 0 failed');
  const { status, said } = run(page, { notRun: { 'sleep *': 'takes long', sloop: 'takes long' } });
  assert.equal(status, 1);
  assert.match(said, /names what the page does not have: notRun: sloop/);
});

test('blocks without a mark count where they hold commands', () => {
  assert.equal(run('```\nnode nowhere.mjs\n```\n').last, '0 passed, 1 failed');
  assert.equal(run('```\nonly text\n```\n').last, '0 passed, 0 failed');
});

test('what is printed is compared', () => {
  assert.equal(run('```\n$ echo one two; echo three\none ...\nthree\n$ true\n```\n').last, '2 passed, 0 failed');
  assert.equal(run('```\n$ echo one two; echo four\none ...\nthree\n```\n').last, '0 passed, 1 failed');
  assert.equal(run(block('echo 7  # 8')).last, '0 passed, 1 failed');
  assert.equal(run(block('echo yes'), { prints: { 'echo *': '^no$' } }).last, '0 passed, 1 failed');
});

test('placeholders get what was printed, and none stays empty', () => {
  const sayings = { placeholders: { ID: '^id=(\\w+)$' } };
  assert.equal(run(block('echo id=abc   # an ID', 'test ID = abc', 'test $ID. = .'), sayings).last, '3 passed, 0 failed');
  assert.equal(run(block('echo nothing', 'test ID = abc'), sayings).last, '1 passed, 1 failed');
});

test('the background is waited for, and ended with the page', () => {
  const page = block('(sleep 1; echo up; exec sleep 1000) &', 'true');
  assert.equal(run(page).last, '0 passed, 2 failed');
  const background = { '(sleep 1; echo up; exec sleep 1000) &': '^up$' };
  assert.equal(run(page, { background }).last, '2 passed, 0 failed');
  assert.equal(run(block('false &'), { background: { 'false &': 'up' } }).last, '0 passed, 1 failed');
});

test('before, first and after are run around the commands of the page', () => {
  const sayings = {
    before: ['echo 1 > a'],
    first: { 'cat a b': ['echo 2 > b'] },
    after: { 'cat a b': ['test ! -e c'], 'cat a': ['false'] },
  };
  assert.equal(run(block('cat a b'), { ...sayings, after: {} }).last, '1 passed, 0 failed');
  assert.equal(run(block('cat a b', 'cat a'), sayings).last, '1 passed, 1 failed');
});
