// The pages of the repository as a site. Its sources are what site/build has laid out in target/site-sources, each page
// where it is in the repository, so that links between them need no change.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

const sources = fileURLToPath(new URL('../../target/site-sources/', import.meta.url));

const groups = {
  'The command': ['package'],
  'Blobs': ['large-blobs', 'format', 'proofs', 'quilts', 'availability', 'private-blobs', 'audits', 'spark'],
  'A network': ['network', 'front-door', 'front-door-clients', 'front-door-load', 'daemon', 'network-client',
    'network-node', 'junit'],
  'Inside': ['algorithm', 'architecture', 'performance', 'testing', 'threat-model'],
};

function title(page) {
  return readFileSync(sources + page, 'utf8').match(/^# ([^:\n]*)/m)[1].replaceAll('`', '');
}

function entry(page) {
  return { text: title(page), link: '/' + page.replace(/\.md$/, '') };
}

// Pages that nobody has put into a group are listed, too.
function sidebar() {
  const grouped = new Set(Object.values(groups).flat());
  const rest = readdirSync(sources + 'docs')
    .filter((name) => name.endsWith('.md') && name !== 'index.md' && !grouped.has(name.replace(/\.md$/, '')));
  const of = (pages) => pages.map(entry);
  return [
    { text: 'Start', items: [{ text: 'I want to ...', link: '/' }, ...of(['README.md'])] },
    ...Object.entries(groups).map(([text, names]) => ({ text, items: of(names.map((name) => `docs/${name}.md`)) })),
    {
      text: 'More',
      items: [...of(rest.map((name) => `docs/${name}`)),
        ...of(['CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'bench/README.md', 'fuzz/README.md', 'vectors/README.md'])],
    },
  ];
}

// Sets links of the start page, which is docs/index.md, from the root, and leads those to files that are no pages to
// the copies of them. A link to a directory has nothing to show here: its text stays.
function links(markdown) {
  markdown.core.ruler.push('redstuff-links', ({ tokens, env }) => {
    const start = env.relativePath === 'index.md';
    for (const { children } of tokens) {
      let dropped = false;
      for (const token of children ?? []) {
        if (token.type === 'link_close' && dropped) {
          token.hidden = true;
          token.type = 'text';
          token.content = '';
          dropped = false;
        }
        const href = token.type === 'link_open' ? token.attrGet('href') : null;
        if (!href || /^([a-z]+:|#|\/)/i.test(href)) {
          continue;
        }
        const [, path, anchor] = href.match(/^([^#]*)(.*)$/);
        const from = start ? 'docs' : posix.dirname(env.relativePath);
        const target = posix.normalize(posix.join(from, path));
        if (target === 'docs/index.md') {
          token.attrSet('href', `/${anchor}`);
        } else if (target.endsWith('.md')) {
          token.attrSet('href', start ? `./${target}${anchor}` : href);
        } else if (statSync(new URL(`../../${target}`, import.meta.url)).isDirectory()) {
          token.type = 'text';
          token.content = '';
          dropped = true;
        } else if (existsSync(`${sources}public/files/${target}.txt`)) {
          token.attrSet('href', `/files/${target}.txt`);
          token.attrSet('target', '_self');
        }
      }
    }
  });
}

export default defineConfig({
  title: 'Redstuff for Java',
  description: 'The erasure code of the Walrus storage network, for the JVM',
  lang: 'en',
  base: process.env.SITE_BASE || '/',
  srcDir: '../target/site-sources',
  outDir: '../target/site',
  cacheDir: '../target/site-cache',
  // Written by javadoc beside them.
  ignoreDeadLinks: [/^\/api\//],
  markdown: { config: links, theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } },
  // None: browsers would ask the server for one.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  themeConfig: {
    nav: [{ text: 'I want to ...', link: '/' }, { text: 'Readme', link: '/README' }, { text: 'Javadoc', link: '/api/', target: '_self' }],
    sidebar: sidebar(),
    outline: { level: [2, 3] },
    search: { provider: 'local' },
  },
});
