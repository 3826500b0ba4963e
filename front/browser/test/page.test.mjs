import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { matrixSays, more, openPage, ROOT, startBrowser, startNetwork, state, store, violations } from "./network.mjs";

const PICTURES = join(ROOT, "front", "target", "pictures");
const CONTENT = randomBytes(300_000);
const HOSTILE = "a<img src=x onerror=alert(1)><script>alert(2)</script>.txt";

let network;
let browser;

before(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [network, browser] = await Promise.all([startNetwork("--nodes", "10", "--shards", "100"), startBrowser()]);
});

after(async () => {
  await browser?.close();
  await network?.stop();
});

const picture = (page, name, options = {}) => page.screenshot({ path: join(PICTURES, `${name}.png`), ...options });

async function withPage(options, work) {
  const { page, context, faults } = await openPage(browser, network.address, options);
  try {
    await work(page);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

async function downloaded(page, link) {
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

test("a blob outlives nodes that lose their data, and they heal", () =>
  withPage({}, async (page) => {
    await picture(page, "empty");
    await store(page, { name: "walrus.bin", mimeType: "application/octet-stream", buffer: CONTENT }, "walrus.bin");
    await matrixSays(page, { there: 100 });
    assert.equal(await page.locator("#detail-title").textContent(), "walrus.bin");

    await more(page, "node-3", "Stop and delete its data");
    await state(page, "node-3", "stopped");
    await matrixSays(page, { away: 10, there: 90 });
    const back = await downloaded(page, page.locator("#download"));
    assert.equal(back.name, "walrus.bin");
    assert.deepEqual(back.content, CONTENT);

    await page.getByRole("button", { name: "Start: node-3", exact: true }).click();
    await state(page, "node-3", "running");
    await matrixSays(page, { there: 100, healed: 10 });
    await page.locator("#events li", { hasText: "node-3 has lost its data" }).waitFor();
    await page.locator("#events li", { hasText: "node-3 runs" }).waitFor();
  }));

test("a node finds what its disk has spoilt when it is checked", () =>
  withPage({}, async (page) => {
    await page.locator("#blobs button").first().click();
    await matrixSays(page, { there: 100 });
    await more(page, "node-5", "Spoil 5 slivers");
    await page.locator("#events li", { hasText: "5 slivers of node-5 were changed" }).waitFor();
    await state(page, "node-5", "running");
    await page.locator("#check").click();
    await page.locator("#events li", { hasText: "195 slivers are proven, 5 are not there" }).waitFor();
    await matrixSays(page, { there: 100, healed: { least: 11 } });
  }));

test("several files make a quilt, whatever they are called", () =>
  withPage({}, async (page) => {
    const files = [
      { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("to the sea\n") },
      { name: HOSTILE, mimeType: "text/html", buffer: Buffer.from("<script>alert(3)</script>") },
      { name: "bytes", mimeType: "application/octet-stream", buffer: randomBytes(1000) },
    ];
    await store(page, files, "Quilt of 3 files");
    await page.locator("#patch-list li").nth(2).waitFor();
    await page.getByRole("button", { name: "Open notes.txt" }).click();
    await page.locator("#preview pre", { hasText: "to the sea" }).waitFor();
    await page.getByRole("button", { name: `Open ${HOSTILE}` }).click();
    await page.locator("#preview pre", { hasText: "<script>alert(3)</script>" }).waitFor();
    assert.equal(await page.locator("main img, #preview script").count(), 0);
    const bytes = page.locator("#patch-list li", { hasText: /^bytes/ }).getByRole("link");
    assert.deepEqual((await downloaded(page, bytes)).content, files[2].buffer);
    await store(page, { name: HOSTILE, mimeType: "text/html", buffer: Buffer.from("<h1>hello</h1>") }, HOSTILE);
    await page.locator("#blobs .name", { hasText: HOSTILE }).waitFor();
    assert.deepEqual(await violations(page), []);
  }));

test("names of nodes are text", async () => {
  const { page, context, faults } = await openPage(browser, network.address);
  await page.route("**/page/v1/network", async (route) => {
    const answer = await (await route.fetch()).json();
    answer.nodes[0].name = HOSTILE;
    await route.fulfill({ json: answer });
  });
  await page.reload();
  await page.locator("#nodes .name", { hasText: HOSTILE }).waitFor();
  assert.equal(await page.locator("main img").count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
});

test("what is stored cannot act as a page of this origin", () =>
  withPage({}, async (page) => {
    const html = `<script>fetch("/page/v1/nodes/node-1/kill", {method: "POST", headers: {"content-type": "application/json"}, body: "{}"}).finally(() => document.title = "ran")</script>`;
    await store(page, { name: "page.html", mimeType: "text/html", buffer: Buffer.from(html) }, "page.html");
    const id = await page.locator("#detail-id").textContent();
    const answer = await page.request.get(`${network.address}/v1/blobs/${id}`, { headers: { accept: "text/html" } });
    assert.match(answer.headers()["content-security-policy"], /sandbox/);
    assert.equal(answer.headers()["x-content-type-options"], "nosniff");
  }));

test("an audit tells how much can be missing, and the next epoch begins", () =>
  withPage({}, async (page) => {
    await page.locator("#challenges").selectOption("100");
    await page.locator("#audit-button").click();
    const verdict = page.locator("#audit-result .verdict");
    await verdict.waitFor();
    assert.match(await verdict.textContent(), /^10 of 10 nodes have answered everything\. No node lacks more than [\d.]+ %/);
    assert.equal(await page.locator("#audit-result tbody tr").count(), 10);
    const epoch = Number(await page.locator("#epoch").textContent());
    await page.locator("#next-epoch").click();
    await page.waitForFunction((next) => document.getElementById("epoch").textContent === String(next), epoch + 1);
    await page.locator("#events li", { hasText: `The nodes have the data of epoch ${epoch + 1}` }).waitFor();
  }));

test("everything is done with the keyboard alone", () =>
  withPage({ colorScheme: "dark" }, async (page) => {
    const focused = () => page.evaluate(() => `${document.activeElement.id} ${document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent}`);
    const tabTo = async (label) => {
      for (let presses = 0; presses < 200; presses++) {
        await page.keyboard.press("Tab");
        if ((await focused()).includes(label)) {
          const box = await page.evaluate(() => {
            const style = getComputedStyle(document.activeElement.id === "files" ? document.activeElement.nextElementSibling : document.activeElement);
            return style.outlineStyle;
          });
          assert.notEqual(box, "none", `the focus is visible at ${label}`);
          return;
        }
      }
      assert.fail(`no way to ${label} by Tab`);
    };
    // Before anything is pressed: the browser has to be told that the dialog is answered here.
    page.on("filechooser", (chooser) =>
      chooser.setFiles({ name: "keys.txt", mimeType: "text/plain", buffer: Buffer.from("by keys") }),
    );
    await page.keyboard.press("Tab");
    assert.match(await focused(), /Skip to the network/);
    await page.keyboard.press("Enter");
    await tabTo("files");
    await page.keyboard.press("Enter");
    await page.locator("#chosen li", { hasText: "keys.txt" }).waitFor();
    await tabTo("store-button");
    await page.keyboard.press("Enter");
    await page.locator("#transfers li[data-state=done]", { hasText: "keys.txt" }).waitFor();
    await matrixSays(page, { there: 100 });
    await tabTo("open");
    await page.keyboard.press("Enter");
    await page.locator("#preview pre", { hasText: "by keys" }).waitFor();
    await tabTo("shard");
    await page.keyboard.press("ArrowUp");
    assert.match(await page.locator("#shard-is").textContent(), /^node-\d, pair \d+: good$/);
    await tabTo("More: node-7");
    await page.keyboard.press("Enter");
    await tabTo("Stop and delete its data: node-7");
    await page.keyboard.press("Enter");
    await state(page, "node-7", "stopped");
    await matrixSays(page, { away: 10 });
    await page.keyboard.press("Shift+Tab");
    assert.match(await focused(), /Start: node-7/);
    await page.keyboard.press("Enter");
    await state(page, "node-7", "running");
    await matrixSays(page, { there: 100, healed: 10 });
  }));

for (const colorScheme of ["light", "dark"]) {
  test(`nothing is in the way of anybody, ${colorScheme}, wide and on a phone`, async () => {
    for (const viewport of [{ width: 1280, height: 900 }, { width: 360, height: 740 }]) {
      await withPage({ colorScheme, viewport }, async (page) => {
        await page.locator("#blobs button").first().click();
        await matrixSays(page, { there: 100 });
        await page.getByRole("button", { name: "More: node-2", exact: true }).click();
        assert.deepEqual(await violations(page), []);
        const room = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(room[0] <= room[1], `scrolls to ${room[0]} of ${room[1]}`);
        const small = await page.evaluate(() =>
          [...document.querySelectorAll("button, .button, select, input:not([type=checkbox]):not([type=file]), label.check")]
            .map((element) => [element.textContent || element.id, element.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.height < 44 || box.width < 44))
            .map(([name, box]) => `${name}: ${box.width} x ${box.height}`),
        );
        assert.deepEqual(small, []);
        await picture(page, `${viewport.width < 500 ? "phone" : "whole"}-${colorScheme}`, { fullPage: true });
      });
    }
  });
}

test("a thousand shards of a hundred and fifty nodes are still to be seen", async () => {
  const shards = [...Array(1000).keys()];
  const matrix = {
    epoch: 1,
    nodes: [...Array(150).keys()].map((n) => `node-${n}`),
    owners: shards.map((shard) => Math.floor((shard * 150) / 1000)),
    pairs: shards.map((shard) => (shard + 300) % 1000),
    states: shards.map((shard) => (shard < 40 ? "a" : shard < 60 ? "m" : shard < 65 ? "p" : shard < 120 ? "h" : "g")).join(""),
    primaries: 937,
    secondaries: 937,
    readable: true,
    good: 880,
    healed: 55,
    half: 5,
    missing: 20,
    away: 40,
  };
  for (const viewport of [{ width: 1280, height: 900 }, { width: 360, height: 740 }]) {
    await withPage({ viewport }, async (page) => {
      await page.route("**/page/v1/blobs/*/matrix", (route) =>
        route.fulfill({ json: { ...matrix, blobId: route.request().url().split("/").at(-2) } }),
      );
      await page.locator("#blobs button").first().click();
      await matrixSays(page, { there: 935, missing: 25, away: 40, healed: 55 });
      assert.equal(await page.locator("#matrix i").count(), 1000);
      await page.locator("#shard").fill("999");
      assert.equal(await page.locator("#shard-is").textContent(), "node-149, pair 299: good");
      const room = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(room[0] <= room[1], `scrolls to ${room[0]} of ${room[1]}`);
      await page.locator("#detail").screenshot({ path: join(PICTURES, `thousand-${viewport.width}.png`) });
    });
  }
});

test("nothing turns for those who want no motion", () =>
  withPage({ reducedMotion: "reduce" }, async (page) => {
    const moves = await page.evaluate(() => getComputedStyle(document.querySelector("#matrix")).transitionDuration);
    assert.match(moves, /^0s/);
  }));

test("the page says when the network is gone, and goes on when it is there again", async () => {
  const { page, context } = await openPage(browser, network.address);
  await page.route("**/page/v1/events", (route) => route.abort());
  await context.setOffline(true);
  await page.reload().catch(() => {}); // nothing is there
  await context.setOffline(false);
  await page.goto(network.address);
  await page.locator("#live[data-state=cut]").waitFor();
  await page.unroute("**/page/v1/events");
  await page.reload();
  await page.locator("#live[data-state=live]").waitFor();
  await context.close();
});

test("pictures of a network with a node that is gone", async () => {
  await withPage({}, async (page) => {
    await store(page, { name: "notes.txt", mimeType: "text/plain", buffer: randomBytes(70_000) }, "notes.txt");
    await store(page, { name: "photo.jpg", mimeType: "image/jpeg", buffer: randomBytes(2_400_000) }, "photo.jpg");
    await more(page, "node-6", "Stop and delete its data");
    await state(page, "node-6", "stopped");
    await page.getByRole("button", { name: "Start: node-6", exact: true }).click();
    await state(page, "node-6", "running");
    await matrixSays(page, { healed: 10 });
    await more(page, "node-2", "Stop and delete its data");
    await state(page, "node-2", "stopped");
    const names = await page.evaluate(() => localStorage.getItem("names"));
    for (const colorScheme of ["light", "dark"]) {
      await withPage({ colorScheme, viewport: { width: 1280, height: 1360 } }, async (other) => {
        await other.evaluate((kept) => localStorage.setItem("names", kept), names);
        await other.reload();
        await other.locator("#blobs button").first().click();
        await matrixSays(other, { away: 10, there: 90 });
        await other.locator("#nodes li[data-state=stopped]").waitFor();
        await other.evaluate(() => document.activeElement.blur());
        await other.mouse.move(0, 0);
        await picture(other, `gone-${colorScheme}`);
      });
    }
    await page.getByRole("button", { name: "Start: node-2", exact: true }).click();
    await state(page, "node-2", "running");
  });
});
