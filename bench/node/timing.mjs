// What is timed beside JMH: how its package is had, the clock, and results in the form of JMH.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const LEFT_OUT = 3;

/**
 * What read returns, from packages of npm; these are installed first if they are not there, by the lock file of the
 * directory. Ends the process with exit code 3 where they cannot be had.
 */
export async function load(directory, what, read) {
  try {
    return await read();
  } catch (error) {
    if (!/MODULE_NOT_FOUND$/.test(error.code)) {
      throw error;
    }
  }
  const npm = spawnSync('npm', ['ci', '--silent', '--no-fund', '--no-audit', '--prefix', directory], {
    encoding: 'utf8',
  });
  if (npm.status !== 0) {
    const why = npm.error ? 'npm is not installed' : `npm ci failed: ${npm.stderr.trim().split('\n')[0]}`;
    console.error(`${what} left out: ${why}`);
    process.exit(LEFT_OUT);
  }
  return read();
}

// Student's t, 99.9 % two-sided as in JMH, for 2 to 20 degrees of freedom
const T999 = [
  31.599, 12.924, 8.61, 6.869, 5.959, 5.408, 5.041, 4.781, 4.587, 4.437, 4.318, 4.221, 4.14, 4.073,
  4.015, 3.965, 3.922, 3.883, 3.85,
];

function statistics(samples) {
  const mean = samples.reduce((a, b) => a + b) / samples.length;
  if (samples.length < 3) {
    return { mean, error: 'NaN' };
  }
  const variance = samples.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (samples.length - 1);
  const t = T999[Math.min(samples.length - 3, T999.length - 1)];
  return { mean, error: t * Math.sqrt(variance / samples.length) };
}

/** Milliseconds per call. */
async function sample(call, seconds) {
  const start = performance.now();
  let calls = 0;
  let passed;
  do {
    await call();
    calls++;
    passed = performance.now() - start;
  } while (passed < seconds * 1000);
  return passed / calls;
}

/** Times count samples of calls, after one that only warms up; returns a result of mode avgt. */
export async function measure(benchmark, params, call, count, seconds) {
  await sample(call, seconds);
  const samples = [];
  for (let i = 0; i < count; i++) {
    samples.push(await sample(call, seconds));
  }
  const { mean, error } = statistics(samples);
  const what = Object.entries(params).map(([name, value]) => `${name} = ${value}`);
  console.error(`${benchmark}, ${what.join(', ')}: ${mean.toFixed(3)} ms`);
  return {
    benchmark,
    mode: 'avgt',
    threads: 1,
    forks: 1,
    measurementIterations: count,
    params,
    primaryMetric: { score: mean, scoreError: error, scoreUnit: 'ms/op', rawData: [samples] },
    secondaryMetrics: {},
  };
}

/** Writes results to a file, or to standard output if there is none. */
export function write(results, file) {
  const json = `${JSON.stringify(results, null, 2)}\n`;
  if (file) {
    writeFileSync(file, json);
  } else {
    process.stdout.write(json);
  }
}
