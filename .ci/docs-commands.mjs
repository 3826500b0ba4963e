#!/usr/bin/env node
// Runs the commands that the pages show, as a reader would type them: page by page, from top to bottom, in one shell
// for each page, in a fresh clone of the last commit.
//   .ci/docs-commands.mjs [PAGE...]      such as README.md docs/network.md; without, all that the repository has
//
// Commands are the blocks marked sh, and of those without a mark the ones with lines that begin with "$ " (then the
// other lines are what is printed, three dots for anything) or with the name of a program. Each has to succeed. A
// comment that is a number is what is printed.
// docs-commands.json, beside this file, says of each page
//   before        commands that make what a reader has already
//   first         by command: what has to be run before it
//   after         by command: what has to be run after it
//   placeholders  what stands for something that was printed: by placeholder a regular expression with a group for it
//   background    by command: it goes on in the background; a regular expression for what it prints when it is ready
//   prints        by command: a regular expression for what it prints
//   notRun        by command: why it is not run
// A command is named as the page has it, without comments and with one blank for many; a * at the end stands for
// anything. What is neither run nor named in notRun is a failure, and so is a name that stands for nothing.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROGRAMS = /^(\.\/|\.ci\/|bench\/|fuzz\/|spark\/|spark-submit |redstuff |java |mvn |node |npm |curl |git |docker |apt-get )/;
const PATIENCE = 15 * 60 * 1000; // all commands and readiness end earlier, by event, unless something hangs

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(new URL('docs-commands.json', import.meta.url), 'utf8'));
const place = mkdtempSync(join(tmpdir(), 'redstuff-docs-'));
const clone = join(place, 'redstuff');
let passed = 0;
let failed = 0;

function fail(what, why) {
  failed++;
  console.log(`FAILED  ${what}\n${why.trimEnd().replace(/^/gm, '        ')}`);
}

// --- what a page has ---

/** Returns blocks of a page: the word after the fence, the line they begin in, and their lines. */
function blocksOf(page) {
  const blocks = [];
  let open;
  readFileSync(join(clone, page), 'utf8').split('\n').forEach((line, at) => {
    const fence = /^( *)```(.*)$/.exec(line);
    if (open && fence && fence[2].trim() === '') {
      blocks.push(open);
      open = undefined;
    } else if (open) {
      open.lines.push(line.slice(open.indent));
    } else if (fence) {
      open = { indent: fence[1].length, mark: fence[2].trim(), line: at + 1, lines: [] };
    }
  });
  return blocks;
}

/** True if a shell would want another line. */
function isIncomplete(text) {
  const parsed = spawnSync('bash', ['-n'], { input: `${text}\n`, encoding: 'utf8' });
  return /\\$/.test(text) || parsed.status !== 0 || parsed.stderr !== '';
}

/** Returns a command without its comments, with its name, last comment, page, line, and what the page says that it prints. */
function command(text, page, line, printed) {
  const lines = text.split('\n').map((one) => /^(.*?)(?:(?:^|\s)#\s(.*))?$/.exec(one));
  const name = lines.map(([, code]) => code.replace(/\\$/, '')).join(' ').replace(/\s+/g, ' ').trim();
  const comment = lines.at(-1)[2] ?? '';
  return { text: lines.map(([, code]) => code).join('\n'), name, comment, page, line, printed };
}

/** Returns the commands of a page in order. */
function commandsOf(page) {
  const commands = [];
  for (const { mark, line, lines } of blocksOf(page)) {
    const isDialog = mark === 'console' || (mark === '' && lines.some((one) => one.startsWith('$ ')));
    if (!isDialog && !/^(sh|bash|shell)$/.test(mark) && !(mark === '' && lines.some((one) => PROGRAMS.test(one)))) {
      continue;
    }
    for (let at = 0; at < lines.length; at++) {
      const from = line + at + 1;
      if (/^\s*(#.*)?$/.test(lines[at])) {
        continue;
      }
      let text = isDialog ? lines[at].replace(/^\$ /, '') : lines[at];
      while (at + 1 < lines.length && isIncomplete(text)) {
        text += `\n${lines[++at]}`;
      }
      const printed = [];
      while (isDialog && at + 1 < lines.length && !lines[at + 1].startsWith('$ ')) {
        printed.push(lines[++at]);
      }
      commands.push(command(text, page, from, printed));
    }
  }
  return commands;
}

// --- what the manifest says ---

/** What the manifest says of a page. It remembers which names stand for something. */
class Sayings {
  constructor(page) {
    this.page = page;
    this.said = manifest[page] ?? {};
    this.used = new Set();
  }

  /** Returns the name under a heading that stands for a command, if there is one. */
  nameOf(heading, command) {
    const found = Object.keys(this.said[heading] ?? {}).find((name) =>
      name.endsWith('*') ? command.startsWith(name.slice(0, -1)) : command === name,
    );
    if (found !== undefined) {
      this.used.add(`${heading}: ${found}`);
    }
    return found;
  }

  /** Returns what is said of a command under a heading, if anything. */
  of(heading, command) {
    return this.said[heading]?.[this.nameOf(heading, command)];
  }

  unused() {
    return ['first', 'after', 'background', 'prints', 'notRun']
      .flatMap((heading) => Object.keys(this.said[heading] ?? {}).map((key) => `${heading}: ${key}`))
      .filter((one) => !this.used.has(one));
  }
}

const quote = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Returns a pattern for what a page shows, in which three dots stand for anything within a line. */
const patternOf = (shown) => new RegExp(`^${shown.map((line) => line.trimEnd().split('...').map(quote).join('.*')).join('\n')}$`);

/** What stands for something that was printed earlier on the same page. */
class Placeholders {
  constructor(patterns) {
    this.patterns = Object.entries(patterns ?? {});
    this.values = new Map();
  }

  learnFrom(printed) {
    for (const [name, pattern] of this.patterns) {
      const found = new RegExp(pattern, 'm').exec(printed);
      if (found) {
        this.values.set(name, found[1]);
      }
    }
  }

  /** Returns a command with values; throws if one is not known yet. */
  fill(text) {
    let filled = text;
    for (const [name] of this.patterns) {
      const word = new RegExp(`(?<![\\w$])${quote(name)}(?!\\w)`, 'g');
      if (word.test(filled)) {
        if (!this.values.has(name)) {
          throw new Error(`nothing before it has printed what ${name} stands for`);
        }
        filled = filled.replace(word, () => this.values.get(name));
      }
    }
    return filled;
  }
}

// --- running ---

/** A shell that reads one command after the other, in a process group of its own with all that it starts. */
class Shell {
  constructor(environment) {
    this.process = spawn('bash', ['--noprofile', '--norc'], {
      cwd: clone,
      env: environment,
      detached: true,
      stdio: ['pipe', 'inherit', 'inherit', 'pipe'],
    });
    this.statuses = createInterface({ input: this.process.stdio[3] })[Symbol.asyncIterator]();
    this.count = 0;
  }

  /** Runs a command to its end, or until what it prints in the background matches a pattern. */
  async run(text, ready) {
    const out = join(place, `${this.process.pid}-${this.count}.out`);
    const err = join(place, `${this.process.pid}-${this.count++}.err`);
    const code = ready && !/&\s*$/.test(text) ? `${text} &` : text;
    const quoted = `'${code.replaceAll("'", `'\\''`)}'`;
    this.process.stdin.write(`eval ${quoted} >'${out}' 2>'${err}' </dev/null 3>&-; echo $? >&3\n`);
    const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
    const patience = AbortSignal.timeout(PATIENCE);
    const next = await Promise.race([
      this.statuses.next(),
      pause(PATIENCE, undefined, { ref: false }).then(() => ({ value: 'none: it does not end' })),
    ]);
    let status = next.done ? 'none: the shell has ended' : next.value;
    while (status === '0' && ready && !new RegExp(ready, 'm').test(read(out))) {
      this.process.stdin.write('kill -0 $! 2>/dev/null; echo $? >&3\n');
      if ((await this.statuses.next()).value !== '0') {
        status = 'none: it has ended and was to go on in the background';
      } else if (patience.aborted) {
        status = 'none: it does not become ready';
      }
      await pause(100);
    }
    return { status, out: read(out), err: read(err) };
  }

  kill(signal) {
    try {
      process.kill(-this.process.pid, signal);
    } catch (e) {
      if (e.code !== 'ESRCH') {
        throw e;
      }
    }
  }

  /** Ends what goes on in the background, and waits until it has gone; says whether it did without force. */
  async end() {
    const ended = new Promise((resolve) => this.process.once('exit', () => resolve(true)));
    this.process.stdin.end("trap '' TERM; kill -TERM 0; wait; exit 0\n");
    const gently = await Promise.race([ended, pause(60_000, false, { ref: false })]);
    this.kill('SIGKILL');
    return gently;
  }
}

let shell;
process.on('exit', () => {
  shell?.kill('SIGKILL');
  rmSync(place, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => process.exit(1));
}

/** Says what is wrong with what a command did, or nothing. */
function complaint(command, pattern, { status, out, err }) {
  const tail = (text) => text.trimEnd().split('\n').slice(-20).join('\n');
  if (status !== '0') {
    return `status: got ${status}, expected 0\n${tail(out)}\n${tail(err)}`;
  }
  const number = /^\d+$/.test(command.comment) ? new RegExp(`^\\s*${command.comment}\\s*$`) : undefined;
  const shown = command.printed.length > 0 ? patternOf(command.printed) : undefined;
  const said = pattern === undefined ? undefined : new RegExp(pattern, 'm');
  const wrong = [number, shown, said].find((one) => one !== undefined && !one.test(out.trimEnd()));
  return wrong && `printed: got\n${tail(out)}\nexpected ${wrong}`;
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1).padStart(6)} s`;

/** Runs the commands of a page. After a failure the rest of it is not run and fails too. */
async function runPage(page, commands, sayings, environment) {
  console.log(`--- ${page}`);
  const placeholders = new Placeholders(sayings.said.placeholders);
  shell = new Shell(environment);
  let broken = false;
  const notRun = new Map();
  const aside = async (texts) => {
    for (const text of texts ?? []) {
      const done = await shell.run(placeholders.fill(text), sayings.of('background', text));
      placeholders.learnFrom(done.out);
      if (done.status !== '0') {
        throw new Error(`${text}\nof the manifest: status ${done.status}\n${done.out}\n${done.err}`);
      }
    }
  };
  for (const command of commands) {
    const where = `${page}:${command.line}  ${command.name}`;
    const left = sayings.nameOf('notRun', command.name);
    const ready = sayings.of('background', command.name);
    const first = sayings.of('first', command.name);
    const after = sayings.of('after', command.name);
    const pattern = sayings.of('prints', command.name);
    if (left !== undefined) {
      notRun.set(left, [...(notRun.get(left) ?? []), command.line]);
    } else if (broken) {
      fail(where, 'not reached');
    } else {
      const since = performance.now();
      try {
        if (command === commands.find((one) => sayings.nameOf('notRun', one.name) === undefined)) {
          await aside(sayings.said.before);
        }
        await aside(first);
        if (/&$/.test(command.name) && ready === undefined) {
          throw new Error('goes on in the background, and the manifest does not say what it prints when it is ready');
        }
        const done = await shell.run(placeholders.fill(command.text), ready);
        placeholders.learnFrom(done.out);
        const wrong = complaint(command, pattern, done);
        if (wrong) {
          throw new Error(wrong);
        }
        await aside(after);
        passed++;
        console.log(`${seconds(since)}  ${where}`);
      } catch (e) {
        fail(where, e.message);
        broken = true;
      }
    }
  }
  notRun.forEach((lines, name) => {
    console.log(`not run   ${page}:${lines.join()}  ${name}\n          ${sayings.said.notRun[name]}`);
  });
  if (!(await shell.end())) {
    fail(page, 'something that it had started did not end within a minute');
  }
  shell = undefined;
  sayings.unused().forEach((one) => fail(page, `.ci/docs-commands.json names what the page does not have: ${one}`));
  // The next page begins with what is committed, and with what was built.
  execFileSync('git', ['clean', '-ffdq'], { cwd: clone });
  execFileSync('git', ['reset', '-q', '--hard'], { cwd: clone });
}

execFileSync('git', ['clone', '-q', root, clone]);
const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: clone, encoding: 'utf8' }).trim().split('\n');
const asked = process.argv.slice(2);
[...Object.keys(manifest), ...asked]
  .filter((page) => !pages.includes(page))
  .forEach((page) => fail(page, 'there is no such page in the last commit'));

// The java of a reader is one that these pages ask for.
const environment = { ...process.env };
if (existsSync(join(clone, 'redstuff'))) {
  const jdk = execFileSync(join(clone, 'redstuff'), {
    encoding: 'utf8',
    env: { ...process.env, REDSTUFF_FIND_JAVA: '1' },
  }).trim();
  environment.PATH = [clone, join(jdk, 'bin'), process.env.PATH].join(delimiter);
}
const begun = performance.now();
for (const page of pages.filter((one) => asked.length === 0 || asked.includes(one))) {
  const commands = commandsOf(page);
  const sayings = new Sayings(page);
  if (commands.length > 0 || manifest[page]) {
    await runPage(page, commands, sayings, environment);
  }
}
console.log(`${seconds(begun).trim()}: ${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
