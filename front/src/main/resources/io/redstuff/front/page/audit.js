// Asks all nodes whether they have what they ought to.
import { $, announce, busy, count, make } from "./dom.js";
import { post } from "./ask.js";

const percent = (part) => `${(part * 100).toLocaleString("en", { maximumSignificantDigits: 2 })} %`;

function line(node, challenges) {
  const isFine = node.answers === challenges;
  const chip = make(
    "span",
    { className: "chip", "data-state": isFine ? "running" : "stopped" },
    isFine ? "has answered all" : node.failure ? "no answer" : "lacks some",
  );
  return make(
    "tr",
    { title: node.failure },
    make("th", { scope: "row" }, node.node),
    make("td", {}, chip),
    make("td", { className: "number" }, `${count(node.answers)} of ${count(challenges)}`),
    make("td", { className: "number" }, node.largestMissing < 1 ? percent(node.largestMissing) : "anything"),
  );
}

function show(report) {
  const worst = Math.max(...report.nodes.map((node) => node.largestMissing));
  const bound =
    worst < 1
      ? `No node lacks more than ${percent(worst)} of its slivers.`
      : "Of a node that does not answer nothing is known.";
  $("audit-result").replaceChildren(
    make(
      "p",
      { className: "verdict" },
      `${report.passed} of ${report.nodes.length} nodes have answered everything. ${bound}`,
    ),
    make(
      "table",
      { className: "plain" },
      make("caption", {}, `About ${count(report.blobs)} ${report.blobs === 1 ? "blob" : "blobs"}, in epoch ${report.epoch}`),
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          ...["Node", "Result", "Proven", "May lack at most"].map((head) => make("th", { scope: "col" }, head)),
        ),
      ),
      make("tbody", {}, ...report.nodes.map((node) => line(node, report.challenges))),
    ),
    make(
      "p",
      { className: "muted" },
      `Each bound is wrong with a probability below one in 2^${report.confidenceBits}.`,
    ),
  );
}

export function startAudit() {
  $("audit").addEventListener("submit", (event) => {
    event.preventDefault();
    busy($("audit-button"), async () => {
      announce("Auditing");
      show(await post("/page/v1/audit", { challenges: Number($("challenges").value) }));
    });
  });
}
