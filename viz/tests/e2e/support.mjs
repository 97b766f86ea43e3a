// What the tests in the browser share: a page from a file, with every request watched.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch } from './browser.mjs';
import { writePage } from './page.mjs';

const here = dirname(fileURLToPath(import.meta.url));
export const trace = (name) => readFileSync(join(here, '../data', `${name}.jsonl.gz`));

// Calls `use` with a browser and a folder; both are gone afterwards.
export async function withBrowser(use) {
  const browser = await launch();
  const folder = mkdtempSync(join(tmpdir(), 'mailcosm-e2e-'));
  try {
    await use(browser, folder);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

// Opens a run from the disk. Any request but that of the page itself, and any error, fails the test.
export async function open(browser, folder, { run = trace('alice_to_bob'), hash = '', width = 1280, height = 820, ...media } = {}) {
  const address = pathToFileURL(writePage(run, join(folder, 'page.html'))).href;
  const page = await browser.newPage({ viewport: { width, height }, ...media });
  page.setDefaultTimeout(120_000);
  const troubles = [];
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== address && !request.url().startsWith('blob:')) troubles.push(`request: ${request.url()}`);
  });
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && troubles.push(`console: ${message.text()}`));
  await page.goto(address + hash);
  await page.waitForSelector('.page');
  return { page, address, done: async () => { assert.deepEqual(troubles, []); await page.close(); } };
}

export const momentOf = async (page) => new URLSearchParams((await page.evaluate(() => location.hash)).slice(1)).get('e');
