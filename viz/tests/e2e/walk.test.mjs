// Walks through a run as a reader does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { momentOf, open, trace, withBrowser } from './support.mjs';

test('the page', async (t) => {
  await withBrowser(async (browser, folder) => {
    await t.test('opens from the disk and leads through all chapters by keyboard alone', async () => {
      const { page, done } = await open(browser, folder);
      const count = await page.locator('section[aria-label="Story"] ol > li').count();
      assert.equal(count, 13);
      const titles = [];
      const moments = new Set();
      for (let step = 0; step < count; step++) {
        titles.push(await page.locator('section[aria-label="Story"] li.current .title').innerText());
        moments.add(await momentOf(page));
        await page.keyboard.press('PageDown');
      }
      assert.equal(new Set(titles).size, titles.length);
      assert.equal(moments.size, count);
      assert.match(titles.at(-1), /downloads the message with POP3/);
      assert.match(await page.locator('[aria-live="polite"]').innerText(), /\w/);
      await page.keyboard.press('Home');
      assert.equal(await momentOf(page), 'ws41');
      await page.keyboard.press('ArrowRight');
      assert.notEqual(await momentOf(page), 'ws41');
      await done();
    });

    await t.test('opens each panel by its key', async () => {
      const { page, done } = await open(browser, folder, { hash: '#e=h3p33' });
      const proof = { 1: ['Map', 'hub'], 2: ['Ladder', 'protocol lines'], 3: ['Message', 'Received'], 4: ['Dialogue', 'PIPELINING'], 5: ['Host', 'Queue'], 6: ['Why?', 'Because'], 7: ['Expectations', '19 of 19'] };
      for (const [key, [name, text]] of Object.entries(proof)) {
        await page.keyboard.press(key);
        const panel = page.locator(`section[aria-label="${name}"]`);
        await panel.waitFor();
        if (key !== '1') assert.match(await panel.innerText(), new RegExp(text));
        else assert.ok(await panel.getByRole('button', { name: /hub\.blue\.com/ }).count());
      }
      await done();
    });

    await t.test('follows a deep link, and Back returns', async () => {
      const { page, done } = await open(browser, folder, { hash: '#e=h12s4&view=message&side=why' });
      assert.match(await page.locator('section[aria-label="Why?"] .this').innerText(), /Bob's INBOX on store\.blue\.com with UID 1/);
      assert.match(await page.locator('section[aria-label="Message"]').innerText(), /hub\.blue\.com takes it/);
      await page.locator('section[aria-label="Why?"] ol a').first().click();
      assert.equal(await momentOf(page), 'ws41');
      await page.goBack();
      assert.equal(await momentOf(page), 'h12s4');
      assert.match(await page.locator('section[aria-label="Why?"] .this').innerText(), /UID 1/);
      await done();
    });

    await t.test('follows the pointer along the line of time, and text comes after', async () => {
      const { page, done } = await open(browser, folder);
      const slider = page.locator('canvas[role="slider"]');
      const box = await slider.boundingBox();
      await page.mouse.move(box.x + 20, box.y + box.height / 2);
      await page.mouse.down();
      for (let step = 1; step <= 20; step++) await page.mouse.move(box.x + 20 + (step * box.width) / 40, box.y + box.height / 2);
      await page.mouse.up();
      assert.ok(Math.abs(Number(await slider.getAttribute('aria-valuenow')) - 500) < 40);
      const chapter = /chapter (\d+)/.exec(await slider.getAttribute('aria-valuetext'))[1];
      await page.locator('section[aria-label="Story"] li.current .number', { hasText: new RegExp(`^${chapter}$`) }).waitFor();
      await page.waitForFunction(() => new URLSearchParams(location.hash.slice(1)).get('e') !== 'ws41');
      await done();
    });

    await t.test('never plays by itself, plays when asked, and stops', async () => {
      const { page, done } = await open(browser, folder);
      const begin = await page.locator('canvas[role="slider"]').getAttribute('aria-valuenow');
      await page.waitForTimeout(700);
      assert.equal(await page.locator('canvas[role="slider"]').getAttribute('aria-valuenow'), begin);
      await page.keyboard.press(' ');
      await page.waitForTimeout(900);
      await page.keyboard.press(' ');
      const there = await page.locator('canvas[role="slider"]').getAttribute('aria-valuenow');
      assert.notEqual(there, begin);
      await page.waitForTimeout(300);
      assert.equal(await page.locator('canvas[role="slider"]').getAttribute('aria-valuenow'), there);
      await done();
    });

    await t.test('finds hosts, codes and words', async () => {
      const { page, done } = await open(browser, folder);
      await page.keyboard.press('/');
      await page.keyboard.type('354');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
      assert.match(await page.locator('section[aria-label="Dialogue"] li.now').innerText(), /354/);
      await page.locator('#search').fill('hub.blue');
      await page.getByRole('option', { name: /host/ }).first().click();
      assert.match(await page.locator('section[aria-label="Host"]').innerText(), /hub\.blue\.com/);
      await done();
    });

    await t.test('selects a host on the map', async () => {
      const { page, done } = await open(browser, folder, { hash: '#e=h12s4' });
      await page.getByRole('button', { name: /resolver\.red\.com/ }).click();
      assert.match(await page.locator('section[aria-label="Host"]').innerText(), /mx1\.blue\.com[\s\S]*A[\s\S]*198\.51\.100\.3/);
      await done();
    });

    await t.test('reads a trace that is dropped on it, and says what is wrong with another file', async () => {
      const { page, done } = await open(browser, folder);
      await page.evaluate(() => {
        const transfer = new DataTransfer();
        transfer.items.add(new File(['hello'], 'x.jsonl'));
        window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer }));
      });
      assert.match(await page.getByRole('alert').innerText(), /does not look like a trace/);
      await done();
    });

    await t.test('prints', async () => {
      const { page, done } = await open(browser, folder);
      const pdf = await page.pdf({ format: 'A4' });
      assert.ok(pdf.length > 10_000);
      await page.emulateMedia({ media: 'print' });
      assert.match(await page.locator('.handout').innerText(), /mail\.red\.com takes responsibility/);
      await done();
    });

    await t.test('works in a sandboxed frame, where storage and history throw', async () => {
      const { page } = await open(browser, folder);
      const errors = [];
      page.on('pageerror', (error) => errors.push(error.message));
      const { pageWith } = await import('./page.mjs');
      await page.setContent('<iframe sandbox="allow-scripts" style="width:1200px;height:760px"></iframe>');
      await page.locator('iframe').evaluate((frame, text) => void (frame.srcdoc = text), pageWith(trace('alice_to_bob')));
      const frame = page.frameLocator('iframe');
      await frame.locator('.page').waitFor();
      await frame.getByRole('button', { name: 'Step forward' }).click();
      await frame.getByRole('tab', { name: 'Ladder' }).click();
      assert.match(await frame.locator('section[aria-label="Ladder"]').innerText(), /mail hops/);
      assert.deepEqual(errors, []);
      await page.close();
    });
  });
});
