// Puts the parts of the page together.
import { get } from "./ask.js";
import { startAudit } from "./audit.js";
import { showBlobs, startBlobs } from "./blobs.js";
import { startEvents } from "./events.js";
import { showFacts, startFacts } from "./facts.js";
import { listen, onChange } from "./live.js";
import { showMatrix, startMatrix } from "./matrix.js";
import { showNodes } from "./nodes.js";
import { startStore } from "./store.js";

onChange("network", async () => {
  const network = await get("/page/v1/network");
  showFacts(network);
  showNodes(network.nodes);
});
onChange("blobs", showBlobs);
onChange("matrix", showMatrix);

startFacts();
startStore();
startBlobs();
startMatrix();
startAudit();
startEvents();
listen();
