// Takes the screenshots of the documentation: npm run screenshots [PAGE.html]. With a page that `mailcosm run --html` wrote, hosts
// stand where the program puts them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch } from './browser.mjs';
import { writePage } from './page.mjs';
import { trace } from './support.mjs';

const images = join(dirname(fileURLToPath(import.meta.url)), '../../../docs/images');
const SHOTS = [
  { name: 'replay-map', hash: '#e=h3p44', size: [1180, 700] },
  { name: 'replay-ladder', hash: '#e=h3p40&view=ladder&side=why', size: [1180, 700], dark: true },
];

const folder = mkdtempSync(join(tmpdir(), 'mailcosm-shots-'));
const browser = await launch();
try {
  const given = process.argv[2];
  const address = pathToFileURL(given ? resolve(given) : writePage(trace('alice_to_bob'), join(folder, 'page.html'))).href;
  for (const { name, hash, size, dark } of SHOTS) {
    const page = await browser.newPage({ viewport: { width: size[0], height: size[1] }, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
    await page.goto(address + hash);
    await page.waitForSelector('.page');
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(images, `${name}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
