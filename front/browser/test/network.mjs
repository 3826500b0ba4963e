// Starts a network of the checkout, and a browser that may see no other host.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

// How long to wait for an event of the page; only a test that fails waits so long.
export const PATIENCE = 180_000;

export async function startNetwork(...options) {
  const directory = mkdtempSync(join(tmpdir(), "redstuff-browser-"));
  const words = ["network", "up", ...options, "--port", "0", "--data", join(directory, "net")];
  const child = spawn(join(ROOT, "redstuff"), words, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => (said += chunk));
  const ended = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, "line"), ended]);
  const address = /^ready: (\S+) /.exec(String(first[0]))?.[1];
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  if (!address) {
    await stop();
    throw new Error(`the network did not start: ${first} ${said}`);
  }
  return { address, stop };
}

export const startBrowser = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });

// Opens the page; what it must not do is collected in "faults".
export async function openPage(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const faults = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "blob:" && url.origin !== new URL(address).origin) {
      faults.push(`request to ${url}`);
    }
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.goto(address);
  await page.locator("#live[data-state=live]").waitFor();
  await page.locator("#nodes li").first().waitFor();
  return { page, context, faults };
}

// Returns what axe finds, in words.
export async function violations(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  return found.violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`,
  );
}

// Waits until the matrix has such numbers: of pairs that are there, missing, away, healed ("least" so many).
export const matrixSays = (page, numbers) =>
  page.waitForFunction(
    (wanted) => {
      const has = document.getElementById("detail").dataset;
      return Object.entries(wanted).every(([name, value]) =>
        value.least === undefined ? Number(has[name]) === value : Number(has[name]) >= value.least,
      );
    },
    numbers,
    { timeout: PATIENCE },
  );

export const node = (page, name) => page.locator("#nodes li", { has: page.getByText(name, { exact: true }) });

export async function more(page, name, action) {
  await page.getByRole("button", { name: `More: ${name}`, exact: true }).click();
  await page.getByRole("button", { name: `${action}: ${name}`, exact: true }).click();
}

export const state = (page, name, is) => node(page, name).and(page.locator(`[data-state=${is}]`)).waitFor();

export async function store(page, files, expected) {
  await page.setInputFiles("#files", files);
  await page.locator("#store-button").click();
  await page.locator("#transfers li[data-state=done]", { hasText: expected }).first().waitFor();
}
