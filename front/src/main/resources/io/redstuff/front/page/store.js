// Stores files: one is a blob, several are a quilt or a blob each.
import { $, announce, bytes, fail, make, plural } from "./dom.js";
import { put } from "./ask.js";
import { remember } from "./blobs.js";
import { select } from "./matrix.js";
import { want } from "./live.js";

let chosen = [];

function choose(files) {
  chosen = [...files];
  const several = chosen.length > 1;
  $("chosen").replaceChildren(
    ...chosen.map((file) => make("li", {}, make("span", {}, file.name), make("span", { className: "muted" }, bytes(file.size)))),
  );
  $("quilt-option").hidden = !several;
  $("store-button").disabled = !chosen.length;
  $("store-button").textContent = several ? `Store ${plural(chosen.length, "file")}` : "Store";
  if (chosen.length) {
    announce(`${plural(chosen.length, "file")} chosen`);
  }
}

// A line that tells how far a transfer is.
function transfer(name) {
  const bar = make("progress", { max: 1, value: 0, "aria-label": `Storing ${name}` });
  const words = make("span", { className: "muted" }, "sending");
  const line = make("li", {}, make("span", { className: "name" }, name), bar, words);
  $("transfers").prepend(line);
  return {
    progress(part) {
      if (part < 1) {
        bar.value = part;
      } else {
        bar.removeAttribute("value");
        words.textContent = "encoding, and giving the nodes their slivers";
      }
    },
    end(message, isGood) {
      bar.remove();
      words.textContent = message;
      line.dataset.state = isGood ? "done" : "failed";
      announce(`${name}: ${message}`);
      if (isGood) {
        setTimeout(() => line.remove(), 20_000);
      }
    },
  };
}

const blobOf = (result) => result.newlyCreated?.blobObject.blobId ?? result.alreadyCertified?.blobId;

async function store(name, path, body) {
  const line = transfer(name);
  try {
    const answer = await put(`${path}?${query()}`, body, line.progress);
    const result = answer.blobStoreResult ?? answer;
    const blob = blobOf(result);
    if (!blob) {
      throw new Error("the network has marked it as invalid");
    }
    remember(blob, name);
    line.end(result.newlyCreated ? "stored and certified" : "was stored already", true);
    want("network", "blobs");
    select(blob);
  } catch (error) {
    line.end(error.message, false);
    fail(error);
  }
}

const query = () => `epochs=${Number($("epochs").value)}&${$("deletable").checked ? "deletable" : "permanent"}=true`;

function submit(event) {
  event.preventDefault();
  const files = chosen;
  choose([]);
  $("files").value = "";
  if (files.length > 1 && $("quilt").checked) {
    const form = new FormData();
    files.forEach((file) => form.append(file.name, file, file.name));
    store(`Quilt of ${plural(files.length, "file")}`, "/v1/quilts", form);
  } else {
    files.forEach((file) => store(file.name, "/v1/blobs", file));
  }
  $("files").focus();
}

export function startStore() {
  $("files").addEventListener("change", () => choose($("files").files));
  $("store").addEventListener("submit", submit);
  const drop = $("drop");
  const over = (event) => {
    event.preventDefault();
    drop.classList.add("over");
  };
  drop.addEventListener("dragenter", over);
  drop.addEventListener("dragover", over);
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    choose(event.dataTransfer.files);
  });
  // A file that misses the field must not replace the page.
  for (const kind of ["dragover", "drop"]) {
    window.addEventListener(kind, (event) => event.preventDefault());
  }
}
