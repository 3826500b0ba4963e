// The nodes, and what can be done to them.
import { $, announce, briefWal, busy, make, plural, wal } from "./dom.js";
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

function row(name, number) {
  const parts = {
    chip: make("span", { className: "chip" }),
    facts: make("span", { className: "muted" }),
    start: control(name, "Start", "start", {}, () => "runs"),
    stop: control(name, "Stop", "stop", { deleteData: false }, () => "is stopped"),
  };
  const box = make(
    "div",
    { className: "box", id: `more-${number}`, hidden: true },
    control(name, "Stop and delete its data", "stop", { deleteData: true }, () => "is stopped and has lost its data"),
    control(name, "Kill", "kill", {}, () => "is killed"),
    control(name, "Spoil 5 slivers", "corrupt", { slivers: 5 }, (answer) => `has ${answer.changed} spoilt slivers`),
  );
  const more = make("button", { type: "button", "aria-label": `More: ${name}`, "aria-expanded": "false", "aria-controls": box.id }, "More");
  const open = (isOpen) => {
    box.hidden = !isOpen;
    more.setAttribute("aria-expanded", String(isOpen));
  };
  more.addEventListener("click", () => open(box.hidden));
  box.addEventListener("click", (event) => {
    if (event.target !== box) {
      open(false);
      more.focus();
    }
  });
  parts.line = make(
    "li",
    {},
    make("span", { className: "name" }, name),
    parts.chip,
    make("div", { className: "do control" }, parts.start, parts.stop, more),
    parts.facts,
    box,
  );
  parts.line.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !box.hidden) {
      open(false);
      more.focus();
    }
  });
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

export function showNodes(nodes) {
  const list = $("nodes");
  list.classList.toggle("many", nodes.length > 20);
  for (const node of nodes) {
    if (!rows.has(node.name)) {
      rows.set(node.name, row(node.name, rows.size));
      list.append(rows.get(node.name).line);
    }
    const parts = rows.get(node.name);
    if (parts.line.dataset.state !== node.state) {
      showState(parts, node.state);
    }
    const earned = node.commission === "0" ? "" : `, ${briefWal(node.commission)} earned`;
    const facts = `${plural(node.shards.length, "shard")}, ${briefWal(node.stake)} staked${earned}`;
    if (parts.facts.textContent !== facts) {
      parts.facts.textContent = facts;
    }
    parts.facts.title = `shards ${ranges(node.shards)}; ${wal(node.stake)} staked, ${wal(node.commission)} earned; ${node.id}; ${node.address}`;
  }
}

function showState(parts, state) {
  const focused = [parts.start, parts.stop].includes(document.activeElement);
  parts.line.dataset.state = state;
  parts.chip.dataset.state = state;
  parts.chip.textContent = state;
  parts.start.hidden = state === "running" || state === "stopping";
  parts.stop.hidden = !parts.start.hidden;
  if (focused) {
    (parts.start.hidden ? parts.stop : parts.start).focus();
  }
}
