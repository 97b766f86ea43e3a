// axe-core at WCAG 2.2 AA in every look of the page, and targets of 24 pixels at least.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { open, withBrowser } from './support.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced colours': { forcedColors: 'active' },
  'reduced motion': { reducedMotion: 'reduce' },
};

async function violations(page) {
  await page.waitForTimeout(100);
  const found = await page.evaluate(async (tags) => (await window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] })).violations, TAGS);
  return found.map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 140)} (${node.any[0]?.message ?? ''})`).join(' | ')}`);
}

test('axe-core finds nothing', async (t) => {
  await withBrowser(async (browser, folder) => {
    for (const [name, media] of Object.entries(LOOKS)) {
      await t.test(`in ${name}`, async () => {
        const { page, done } = await open(browser, folder, { hash: '#e=h3p33', bypassCSP: true, ...media });
        await page.addScriptTag({ content: axe });
        for (const key of ['2', '3', '1', '5', '6', '7', '4']) {
          await page.keyboard.press(key);
          assert.deepEqual(await violations(page), [], `panel ${key}`);
        }
        await page.keyboard.press('?');
        assert.deepEqual(await violations(page), [], 'help');
        await done();
      });
    }
    await t.test('on a narrow screen', async () => {
      const { page, done } = await open(browser, folder, { width: 320, height: 640, bypassCSP: true });
      await page.addScriptTag({ content: axe });
      assert.deepEqual(await violations(page), []);
      await done();
    });
    await t.test('and every target is 24 pixels at least', async () => {
      const { page, done } = await open(browser, folder, { hash: '#e=h3p33' });
      for (const key of ['1', '2', '3', '5', '6', '7', '4']) {
        await page.keyboard.press(key);
        const small = await page.evaluate(() =>
          [...document.querySelectorAll('button, select, summary, input[type=search]')]
            .filter((element) => element.checkVisibility() && (element.getBoundingClientRect().height < 24 || element.getBoundingClientRect().width < 24))
            .map((element) => element.outerHTML.slice(0, 100)),
        );
        assert.deepEqual(small, [], `panel ${key}`);
      }
      await done();
    });
  });
});
