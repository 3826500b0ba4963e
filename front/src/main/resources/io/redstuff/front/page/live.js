// Hears what happens, and has the parts of the page that it is about ask anew.
import { $, fail } from "./dom.js";

const PAUSE = 120;

const askers = { network: [], blobs: [], matrix: [] };
const listeners = [];
const wanted = new Set();
let timer;
let isAsking = false;

export const onChange = (what, asker) => askers[what].push(asker);
export const onNews = (listener) => listeners.push(listener);

// Asks soon for everything of some kinds; what is wanted while it asks comes after that.
export function want(...kinds) {
  kinds.forEach((kind) => wanted.add(kind));
  if (!timer && !isAsking) {
    timer = setTimeout(ask, PAUSE);
  }
}

async function ask() {
  timer = undefined;
  isAsking = true;
  const kinds = [...wanted];
  wanted.clear();
  try {
    await Promise.all(kinds.flatMap((kind) => askers[kind] ?? []).map((asker) => asker()));
  } catch (error) {
    if (isLive) {
      fail(error);
    }
  }
  isAsking = false;
  if (wanted.size) {
    want();
  }
}

let isLive = false;

function show(live) {
  isLive = live;
  const chip = $("live");
  chip.textContent = live ? "live" : "no connection";
  chip.dataset.state = live ? "live" : "cut";
}

export function listen() {
  const source = new EventSource("/page/v1/events");
  const all = () => want("network", "blobs", "matrix");
  source.onopen = () => {
    show(true);
    all();
  };
  source.onerror = () => show(false);
  source.onmessage = (event) => {
    const item = JSON.parse(event.data);
    listeners.forEach((listener) => listener(item));
    want(...item.changed);
  };
  source.addEventListener("gap", all);
}
