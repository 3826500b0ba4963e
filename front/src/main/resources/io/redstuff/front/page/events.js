// What has happened, the latest first.
import { $, make, short } from "./dom.js";
import { onNews } from "./live.js";

const MOST = 200;

export function startEvents() {
  onNews((item) => {
    if (!item.text) {
      return;
    }
    const line = make(
      "li",
      { "data-kind": item.kind },
      make("time", { dateTime: item.time }, new Date(item.time).toLocaleTimeString("en-GB")),
      make("span", {}, item.text, item.blob ? ` (${short(item.blob)})` : ""),
    );
    const list = $("events");
    list.prepend(line);
    while (list.children.length > MOST) {
      list.lastElementChild.remove();
    }
  });
}
