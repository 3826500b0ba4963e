// What holds for the whole network.
import { $, announce, busy, bytes, count, plural, short, text, wal } from "./dom.js";
import { post } from "./ask.js";
import { want } from "./live.js";

const PHASES = {
  sync: "shards are moving",
  done: "all shards are in place",
  "next-selected": "the next committee is settled",
};

export function showFacts(network) {
  const running = network.nodes.filter((node) => node.state === "running").length;
  text(
    "summary",
    `${plural(network.nodes.length, "node")} with ${plural(network.shards, "shard")}. Any ${count(network.primaries)} primary slivers give a blob back.`,
  );
  text("epoch", count(network.epoch));
  text("phase", PHASES[network.phase]);
  text("running", `${count(running)} of ${count(network.nodes.length)}`);
  const away = network.nodes
    .filter((node) => node.state !== "running")
    .reduce((sum, node) => sum + node.shards.length, 0);
  text("running-note", away ? `${plural(away, "shard")} away, ${count(network.faulty)} may be` : "every shard is served");
  text("used", bytes(network.usedCapacity));
  text("capacity", `of ${bytes(network.totalCapacity)}`);
  text("balance", wal(network.balance));
  text("account", `account ${short(network.account)}`);
  $("account").title = network.account;
  text("price", wal(network.storagePrice));
  text("write-price", `an epoch; to write ${wal(network.writePrice)}`);
  $("epochs").max = network.mostEpochs;
  document.body.classList.toggle("no-control", !network.control);
  $("no-control").hidden = network.control;
}

export function startFacts() {
  const button = $("next-epoch");
  button.addEventListener("click", () =>
    busy(button, async () => {
      const done = await post("/page/v1/epoch/next");
      announce(`Epoch ${done.epoch} has begun`);
      want("network", "blobs", "matrix");
    }),
  );
}
