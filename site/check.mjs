// Looks at target/site as a reader would; .ci/site says for what.
import { createServer } from 'node:http';
import { mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LinkChecker } from 'linkinator';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../target/site', import.meta.url));
const pictures = fileURLToPath(new URL('../target/site-pictures/', import.meta.url));
const axe = readFileSync(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.json': 'application/json', '.txt': 'text/plain; charset=utf-8', '.woff2': 'font/woff2',
};
const wrong = [];

// Serves the files as any server of files would.
const server = createServer((request, response) => {
  let file = join(root, normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname)));
  let found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    file = join(file, 'index.html');
    found = statSync(file, { throwIfNoEntry: false });
  }
  if (!found) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' });
  response.end(request.method === 'HEAD' ? undefined : readFileSync(file));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

// Pages of the documentation; javadoc's own are many and alike, and one of them is looked at.
function pages(directory = '') {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      return ['api', 'assets', 'files'].includes(path) ? [] : pages(path);
    }
    return path.endsWith('.html') && path !== '404.html' ? [path] : [];
  });
}

// --- links ---

const links = await new LinkChecker().check({
  path: `${origin}/`,
  recurse: true,
  concurrency: 20,
  // Where others may be down, and CI need not reach.
  linksToSkip: [`^(?!${origin})`],
});
const broken = links.links.filter((link) => link.state === 'BROKEN');
for (const link of broken) {
  wrong.push(`${link.parent}: ${link.url} leads nowhere (${link.status})`);
}
console.log(`site: ${links.links.length} links, ${broken.length} broken`);

// Anchors, of javadoc too. Pages are whole before any script runs.
const plain = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
const texts = new Map(readdirSync(root, { recursive: true }).filter((file) => file.endsWith('.html'))
  .map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const ids = new Map([...texts].map(([file, text]) =>
  [file, new Set([...text.matchAll(/\sid="([^"]*)"/g)].map((match) => plain(match[1])))]));
let anchors = 0;
for (const [file, text] of texts) {
  for (const [, href] of text.matchAll(/\shref="([^"]*#[^"]+)"/g)) {
    const url = new URL(plain(href), `${origin}/${file}`);
    const target = url.pathname.slice(1).replace(/(^|\/)$/, '$1index.html');
    if (url.origin === origin && ids.has(target)) {
      anchors++;
      if (!ids.get(target).has(decodeURIComponent(url.hash.slice(1)))) {
        wrong.push(`${file}: ${href} names no place of ${target}`);
      }
    }
  }
}
console.log(`site: ${anchors} links to places of pages`);

// --- pages ---

mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const views = [
  { name: 'wide-light', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { name: 'phone-light', viewport: { width: 390, height: 844 }, colorScheme: 'light', isMobile: true },
  { name: 'phone-dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark', isMobile: true },
];
const looked = [...pages(), 'api/index.html'];
for (const { name, ...options } of views) {
  const context = await browser.newContext(options);
  for (const path of looked) {
    const page = await context.newPage();
    const where = `${path} (${name})`;
    // What did not load is told of by its response. Browsers ask for an icon of javadoc's pages, which name none.
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        wrong.push(`${where}: console: ${message.text()}`);
      }
    });
    page.on('pageerror', (error) => wrong.push(`${where}: ${error}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) {
        wrong.push(`${where}: asks for ${request.url()}`);
      }
    });
    page.on('response', (response) => {
      if (response.status() >= 400 && !response.url().endsWith('/favicon.ico')) {
        wrong.push(`${where}: ${response.url()}: ${response.status()}`);
      }
    });
    await page.goto(`${origin}/${path}`, { waitUntil: 'networkidle' });
    // Pictures load when they come into view.
    const seen = await page.evaluate(async () => {
      const images = [...document.images].filter((image) => image.src);
      await Promise.allSettled(images.map((image) => { image.loading = 'eager'; return image.decode(); }));
      const widest = document.scrollingElement;
      return {
        broken: images.filter((image) => image.naturalWidth === 0).map((image) => image.src),
        wider: widest.scrollWidth - widest.clientWidth,
        background: getComputedStyle(document.body).backgroundColor,
      };
    });
    seen.broken.forEach((image) => wrong.push(`${where}: broken picture ${image}`));
    if (path !== 'api/index.html') {
      if (seen.wider > 0) {
        wrong.push(`${where}: ${seen.wider} pixels wider than the screen`);
      }
      const light = Math.max(...seen.background.match(/\d+/g).slice(0, 3).map(Number));
      if (name.endsWith('dark') ? light > 60 : light < 200) {
        wrong.push(`${where}: background ${seen.background}`);
      }
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() =>
        window.axe.run('.VPDoc', { runOnly: ['color-contrast', 'image-alt', 'link-name'] }));
      for (const { id, nodes } of violations) {
        wrong.push(`${where}: ${id}: ${nodes.length} times, as ${nodes[0].html.slice(0, 120)}`);
      }
    }
    await page.screenshot({ path: `${pictures}${path.replaceAll('/', '-').replace('.html', '')}-${name}.png` });
    await page.close();
  }
  await context.close();
}
await browser.close();
server.close();
console.log(`site: looked at ${looked.length} pages in ${views.length} ways; pictures in target/site-pictures`);

if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
