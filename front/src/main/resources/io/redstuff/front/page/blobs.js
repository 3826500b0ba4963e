// The list of blobs.
import { $, bytes, count, make, short } from "./dom.js";
import { get } from "./ask.js";
import { onSelect, select, selected } from "./matrix.js";

const STEP = 20;
const KEY = "names";
const MOST_NAMES = 500;

let most = STEP;
let shown = "";

// The network knows no names of files: those stored from here are kept in this browser.
function names() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

export function remember(blob, name) {
  const all = [[blob, name], ...names().filter((pair) => pair[0] !== blob)].slice(0, MOST_NAMES);
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // Without a store the list has ids alone.
  }
}

export const nameOf = (blob) => names().find((pair) => pair[0] === blob)?.[1];

function line(blob) {
  const name = nameOf(blob.blobId);
  const until = blob.standing === "expired" ? "was paid until" : "until";
  const button = make(
    "button",
    { type: "button", "aria-pressed": String(selected() === blob.blobId), "data-blob": blob.blobId, onclick: () => select(blob.blobId) },
    make("span", { className: "name" }, name ?? short(blob.blobId)),
    make("span", { className: "chip", "data-state": blob.standing }, blob.standing),
    make(
      "span",
      { className: "muted" },
      `${bytes(blob.size)} · ${until} epoch ${count(blob.endEpoch)}${blob.deletable ? " · may be deleted" : ""} · owner ${short(blob.owner)}`,
    ),
  );
  button.title = `${blob.blobId}, ${bytes(blob.encodedSize)} encoded, object ${blob.objectId}, owner ${blob.owner}`;
  return make("li", {}, button);
}

export async function showBlobs() {
  const page = await get(`/page/v1/blobs?most=${most}`);
  const now = JSON.stringify([page, names().length]);
  if (now === shown) {
    return;
  }
  shown = now;
  const list = $("blobs");
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.blob : undefined;
  list.replaceChildren(...page.blobs.map(line));
  if (focused) {
    [...list.querySelectorAll("button")].find((button) => button.dataset.blob === focused)?.focus();
  }
  $("blob-count").textContent = page.total ? count(page.total) : "";
  $("no-blobs").hidden = page.total > 0;
  $("more-blobs").hidden = page.blobs.length >= page.total;
}

export function startBlobs() {
  $("more-blobs").addEventListener("click", () => {
    most = Math.min(most + STEP * 5, 500);
    showBlobs();
  });
  onSelect((blob) => {
    for (const button of $("blobs").querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.blob === blob));
    }
  });
}
