// The nodes, and what can be done to them.
import { $, announce, busy, count, make, plural, wal } from "./dom.js";
import { post } from "./ask.js";
import { want } from "./live.js";

const rows = new Map();

async function act(name, what, body, done) {
  const answer = await post(`/page/v1/nodes/${encodeURIComponent(name)}/${what}`, body);
  announce(`${name} ${done(answer)}`);
  want("network", "matrix");
}

function control(name, label, what, body, done) {
  const button = make("button", { type: "button", "aria-label": `${label}: ${name}` }, label);
  button.addEventListener("click", () => busy(button, () => act(name, what, body, done)));
  return button;
}

function row(name) {
  const start = control(name, "Start", "start", {}, () => "runs");
  const stop = control(name, "Stop", "stop", { deleteData: false }, () => "is stopped");
  const more = make("details", { className: "more" });
  more.append(
    make("summary", { "aria-label": `More to do with ${name}` }, "More"),
    make(
      "div",
      {},
      control(name, "Stop and delete its data", "stop", { deleteData: true }, () => "is stopped and has lost its data"),
      control(name, "Kill", "kill", {}, () => "is killed"),
      control(name, "Spoil 5 slivers", "corrupt", { slivers: 5 }, (answer) => `has ${answer.changed} spoilt slivers`),
    ),
  );
  more.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && more.open) {
      more.open = false;
      more.firstElementChild.focus();
    }
  });
  more.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !more.contains(event.relatedTarget)) {
      more.open = false;
    }
  });
  more.lastElementChild.addEventListener("click", () => {
    more.open = false;
    more.firstElementChild.focus();
  });
  const cell = (label) => make("td", { "data-label": label });
  const parts = {
    state: cell("State"),
    shards: cell("Shards"),
    stake: cell("Stake"),
    commission: cell("Commission"),
    start,
    stop,
  };
  parts.row = make(
    "tr",
    {},
    make("th", { scope: "row" }, name),
    parts.state,
    parts.shards,
    parts.stake,
    parts.commission,
    make("td", { className: "control" }, make("div", { className: "do" }, start, stop, more)),
  );
  return parts;
}

// Shards as ranges: 1–3, 7.
export function ranges(shards) {
  const parts = [];
  for (let i = 0; i < shards.length; ) {
    let end = i;
    while (end + 1 < shards.length && shards[end + 1] === shards[end] + 1) {
      end++;
    }
    parts.push(end - i > 1 ? `${shards[i]}–${shards[end]}` : shards.slice(i, end + 1).join(", "));
    i = end + 1;
  }
  return parts.join(", ");
}

const put = (cell, words) => cell.textContent !== words && (cell.textContent = words);

export function showNodes(nodes) {
  const body = $("nodes").tBodies[0];
  for (const node of nodes) {
    if (!rows.has(node.name)) {
      rows.set(node.name, row(node.name));
      body.append(rows.get(node.name).row);
    }
    const parts = rows.get(node.name);
    const runs = node.state === "running";
    if (parts.row.dataset.state !== node.state) {
      const hadFocus = document.activeElement === parts.start || document.activeElement === parts.stop;
      parts.row.dataset.state = node.state;
      parts.state.replaceChildren(make("span", { className: "chip", "data-state": node.state }, node.state));
      parts.start.hidden = runs || node.state === "stopping";
      parts.stop.hidden = !parts.start.hidden;
      if (hadFocus) {
        (runs ? parts.stop : parts.start.hidden ? parts.stop : parts.start).focus();
      }
    }
    put(parts.shards, plural(node.shards.length, "shard"));
    parts.shards.title = ranges(node.shards);
    put(parts.stake, wal(node.stake));
    put(parts.commission, wal(node.commission));
  }
}
