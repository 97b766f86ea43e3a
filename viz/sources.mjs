// What the page is built from, as one digest: SHA-256 over "name NUL length NUL octets" of each file in the order of names.
// tests/tidy/check_page.py computes the same without node.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT_FILES = ['pack.mjs', 'package-lock.json', 'page.html', 'sources.mjs', 'svelte.config.js', 'tsconfig.json', 'vite.config.ts'];

export function digestOfSources(root) {
  const names = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  const hash = createHash('sha256');
  for (const name of [...ROOT_FILES, ...names].sort()) {
    const octets = readFileSync(join(root, name));
    hash.update(`${name}\0${octets.length}\0`);
    hash.update(octets);
  }
  return hash.digest('hex');
}
