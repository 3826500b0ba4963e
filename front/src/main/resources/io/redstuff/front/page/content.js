// What is in a blob. What others have stored is shown as text, as a picture of a known kind, or as
// digits; never as a page.
import { $, announce, busy, bytes, make } from "./dom.js";
import { get, read } from "./ask.js";
import { nameOf } from "./blobs.js";

const MOST_SHOWN = 2 << 20;
const MOST_TEXT = 20_000;
const PICTURES = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
];

let current;
let picture;

export function clearContent() {
  current = undefined;
  if (picture) {
    URL.revokeObjectURL(picture);
    picture = undefined;
  }
  $("preview").hidden = true;
  $("preview").replaceChildren();
  $("patches").hidden = true;
  $("patch-list").replaceChildren();
}

function digits(content) {
  const lines = [];
  for (let at = 0; at < Math.min(content.length, 512); at += 16) {
    const line = [...content.subarray(at, at + 16)].map((byte) => byte.toString(16).padStart(2, "0"));
    lines.push(`${at.toString(16).padStart(6, "0")}  ${line.join(" ")}`);
  }
  return lines.join("\n");
}

function shown(content, length) {
  const kind = PICTURES.find(([, magic]) => magic.every((byte, i) => content[i] === byte));
  if (kind && content.length === length) {
    picture = URL.createObjectURL(new Blob([content], { type: kind[0] }));
    return make("img", { src: picture, alt: "The picture that is stored here" });
  }
  let words;
  try {
    words = new TextDecoder("utf-8", { fatal: true }).decode(content.subarray(0, MOST_TEXT), { stream: true });
  } catch {
    words = digits(content);
  }
  return make("pre", { tabIndex: 0, role: "region", "aria-label": "Content" }, words);
}

async function open(button, title, path, length) {
  await busy(button, async () => {
    const before = current;
    const content = await read(path, length > MOST_SHOWN ? 4096 : 0);
    if (before !== current) {
      return;
    }
    const whole = length > MOST_SHOWN ? length : content.length;
    const note = whole > content.length ? `the first ${bytes(content.length)} of ${bytes(whole)}` : bytes(whole);
    $("preview").replaceChildren(
      make("p", {}, make("strong", {}, title), ` ${note}, read from the nodes and verified`),
      shown(content, whole),
    );
    $("preview").hidden = false;
    announce(`${title} is open`);
  });
}

function patch(file) {
  const path = `/v1/blobs/by-quilt-patch-id/${encodeURIComponent(file.patch_id)}`;
  const show = make("button", { type: "button", "aria-label": `Open ${file.identifier}` }, "Open");
  show.addEventListener("click", () => open(show, file.identifier, path, 0));
  const tags = Object.entries(file.tags ?? {}).map(([key, value]) => `${key}: ${value}`);
  return make(
    "li",
    {},
    make("span", { className: "name" }, file.identifier),
    make("span", { className: "muted" }, tags.join(", ")),
    show,
    make("a", { className: "button", href: path, download: file.identifier, "aria-label": `Download ${file.identifier}` }, "Download"),
  );
}

// Finds out what a blob is, and lists the files of a quilt.
export async function showContent(blob) {
  current = blob;
  const path = `/v1/blobs/${blob}`;
  $("download").href = path;
  $("download").download = nameOf(blob) ?? blob;
  let kind = { length: 0, quilt: false };
  $("open").onclick = () => open($("open"), nameOf(blob) ?? "This blob", path, kind.length);
  try {
    kind = await get(`/page/v1/blobs/${blob}`);
    const files = kind.quilt ? await get(`/v1/quilts/${blob}/patches`) : [];
    if (current === blob && kind.quilt) {
      $("patch-list").replaceChildren(...files.map(patch));
      $("patches").hidden = false;
    }
  } catch {
    // It cannot be read now, and opening it will say why.
  }
}
