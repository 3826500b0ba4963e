// One blob: where its slivers are, and what is in it.
import { $, announce, busy, count, make, plural, text } from "./dom.js";
import { get, post } from "./ask.js";
import { nameOf } from "./blobs.js";
import { clearContent, showContent } from "./content.js";
import { want } from "./live.js";

// How long until the nodes are asked again: soon while something is missing.
const SOON = 700;
const LATER = 10_000;

const STATES = [
  ["g", "good", ""],
  ["h", "healed", "lost, and there again"],
  ["p", "half", "one sliver of two"],
  ["m", "missing", "the node runs without them"],
  ["a", "away", "the node does not answer"],
];
const WORDS = Object.fromEntries(STATES.map(([letter, name]) => [letter, name]));

const listeners = [];
let current;
let cells = [];
let rows = [];
let shape = "";
let view;
let timer;
let isLooking = false;

export const selected = () => current;
export const onSelect = (listener) => listeners.push(listener);

export function select(blob) {
  current = blob;
  view = undefined;
  clearContent();
  listeners.forEach((listener) => listener(blob));
  $("detail-empty").hidden = true;
  $("detail-body").hidden = false;
  text("detail-title", nameOf(blob) ?? "A blob and its matrix");
  text("detail-id", blob);
  showContent(blob);
  want("matrix");
}

function build(matrix) {
  cells = new Array(matrix.states.length);
  const size = matrix.states.length > 400 ? "small" : matrix.states.length > 150 ? "middle" : "large";
  rows = matrix.nodes.map((name, position) => {
    const box = make("div", { className: "cells", "aria-hidden": "true" });
    matrix.owners.forEach((owner, shard) => {
      if (owner === position) {
        cells[shard] = make("i", { "data-shard": shard });
        box.append(cells[shard]);
      }
    });
    const words = make("span", { className: "words" });
    return { name, words, line: make("li", {}, make("span", { className: "node" }, name), box, words) };
  });
  rows.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  const list = $("matrix");
  list.dataset.size = size;
  list.classList.toggle("many", matrix.nodes.length > 40);
  list.replaceChildren(...rows.map((row) => row.line));
  $("shard").max = matrix.states.length - 1;
}

function tally(matrix) {
  const tallies = new Map(matrix.nodes.map((name) => [name, {}]));
  matrix.owners.forEach((owner, shard) => {
    const of = tallies.get(matrix.nodes[owner]);
    of[matrix.states[shard]] = (of[matrix.states[shard]] ?? 0) + 1;
  });
  return tallies;
}

function paint(matrix) {
  for (let shard = 0; shard < cells.length; shard++) {
    if (cells[shard].className !== matrix.states[shard]) {
      cells[shard].className = matrix.states[shard];
    }
  }
  const tallies = tally(matrix);
  for (const row of rows) {
    const of = tallies.get(row.name);
    const words = STATES.filter(([letter]) => of[letter]).map(([letter, name]) => `${of[letter]} ${name}`);
    row.words.textContent = words.join(", ") || "no shard";
  }
  $("legend").replaceChildren(
    ...STATES.map(([letter, name, meaning]) =>
      make("li", {}, make("i", { className: letter, "aria-hidden": "true" }), `${count(matrix[name])} ${name}${matrix[name] && meaning ? `: ${meaning}` : ""}`),
    ),
  );
}

function judge(matrix, before) {
  const shards = matrix.states.length;
  const there = matrix.good + matrix.healed;
  const rest = shards - there;
  const verdict = rest
    ? `${count(there)} of ${plural(shards, "pair")} are there. ${matrix.readable ? "That is enough to read the blob." : "That is not enough to read the blob."}`
    : `All ${plural(shards, "pair")} are there${matrix.healed ? `, ${count(matrix.healed)} of them healed` : ""}.`;
  text("verdict", verdict);
  const meter = $("meter");
  meter.max = shards;
  meter.low = Math.ceil(shards / 3);
  meter.high = shards - 1;
  meter.optimum = shards;
  meter.value = there;
  const detail = $("detail");
  detail.dataset.there = there;
  detail.dataset.missing = matrix.missing + matrix.half;
  detail.dataset.away = matrix.away;
  detail.dataset.healed = matrix.healed;
  if (before && before.states !== matrix.states && (before.good + before.healed === shards) !== (rest === 0)) {
    announce(verdict);
  }
}

function inspect() {
  const shard = Number($("shard").value);
  cells.forEach((cell, index) => cell.toggleAttribute("data-here", isLooking && index === shard));
  if (!view || !(shard >= 0 && shard < view.states.length)) {
    text("shard-is", "");
    return;
  }
  text("shard-is", `${view.nodes[view.owners[shard]]}, pair ${view.pairs[shard]}: ${WORDS[view.states[shard]]}`);
}

// Asks the nodes, through the server, and shows what they say.
export async function showMatrix() {
  clearTimeout(timer);
  if (!current || document.hidden) {
    return;
  }
  const blob = current;
  const matrix = await get(`/page/v1/blobs/${blob}/matrix`);
  if (blob !== current) {
    return;
  }
  const now = JSON.stringify([matrix.nodes, matrix.owners]);
  if (now !== shape) {
    shape = now;
    build(matrix);
  }
  const before = view;
  view = matrix;
  paint(matrix);
  judge(matrix, before);
  inspect();
  clearTimeout(timer);
  timer = setTimeout(() => want("matrix"), matrix.good + matrix.healed < matrix.states.length ? SOON : LATER);
}

export function startMatrix() {
  const look = () => {
    isLooking = true;
    inspect();
  };
  $("shard").addEventListener("input", look);
  $("shard").addEventListener("focus", look);
  $("matrix").addEventListener("pointerover", (event) => {
    const shard = event.target.dataset?.shard;
    if (shard !== undefined) {
      $("shard").value = shard;
      look();
    }
  });
  $("copy").addEventListener("click", () =>
    busy($("copy"), async () => {
      await navigator.clipboard.writeText(current);
      announce("Copied");
    }),
  );
  const check = $("check");
  check.addEventListener("click", () =>
    busy(check, async () => {
      const found = await post(`/page/v1/blobs/${current}/check`);
      announce(`${plural(found.proven, "sliver")} proven, ${found.lacking} not there`);
      want("matrix");
    }),
  );
  document.addEventListener("visibilitychange", () => document.hidden || want("matrix"));
}
