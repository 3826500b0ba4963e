// Random numbers that a seed decides, so that a comparison that fails can be repeated.

/** Functions that draw from one sequence. */
export function chance(seed) {
  let state = seed >>> 0;

  /** A whole number from 0 to below the bound. */
  function random(bound) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  }

  function randomBytes(length) {
    return Uint8Array.from({ length }, () => random(256));
  }

  return { random, randomBytes };
}
