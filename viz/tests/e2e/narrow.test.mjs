// The page on a small screen, and with the text of strangers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, withBrowser } from './support.mjs';

const HOSTILE = [
  '<script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked = 1">',
  '\u202Emoc.eulb@bob\u202C',
  '\u0000\u0007\u001b[31m',
  '${window.hacked = 1} {{hacked}} {@html hacked}',
  '</script><svg onload=window.hacked=1>',
  'x'.repeat(10_000_000),
];

function hostileRun() {
  const host = '<b>evil</b>.example';
  const lines = [{ mailcosm_trace: 1, kinds: '0', epoch: 1767603600, hosts: [{ name: host, addresses: ['192.0.2.1'] }, { name: HOSTILE[1], addresses: ['192.0.2.2'] }] }];
  lines.push({ id: 'ws1', t: 0, host: '-', kind: 'run.started', fields: { title: HOSTILE[0], seed: 1, epoch: 1767603600 } });
  lines.push({ id: 'ws2', t: 0, host: '-', kind: 'host.declared', fields: { name: host, roles: 'mta', organisation: HOSTILE[0], addresses: '192.0.2.1' } });
  lines.push({ id: 'ws3', t: 0, host: '-', kind: 'story.step', fields: { step: 1, text: HOSTILE[2] } });
  lines.push({ id: 'h0p1', t: 5, host, kind: 'session.opened', connection: 'h0c1', fields: { protocol: 'smtp', side: 'client', local: '192.0.2.1:1', remote: '192.0.2.2:25', peer: HOSTILE[1] } });
  HOSTILE.forEach((text, place) => lines.push({ id: `h0p${place + 2}`, t: 10 + place, host, kind: 'line.received', connection: 'h0c1', message: `<${HOSTILE[0]}@x>`, fields: { protocol: 'smtp', text } }));
  lines.push({ id: 'h0s1', t: 90, host, kind: 'message.composed', message: `<${HOSTILE[0]}@x>`, fields: { user: HOSTILE[5], device: HOSTILE[1], recipients: HOSTILE[2], subject: HOSTILE[0], content: HOSTILE.slice(0, 6).map((text) => `X: ${text}\r\n`).join('') + '\r\n' + HOSTILE[0] } });
  lines.push({ id: 'h0s2', t: 95, host, kind: 'kind.of.tomorrow', fields: { thing: HOSTILE[1] } });
  lines.push({ id: 'ws4', t: 99, host: '-', kind: 'expectation.checked', causes: ['h0s1'], fields: { expectation: 1, held: false, text: HOSTILE[0], found: HOSTILE[1] } });
  return Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n') + '\n{"end":{"records":12}}\n');
}

test('the page', async (t) => {
  await withBrowser(async (browser, folder) => {
    await t.test('shows hostile text as text, in every panel', async () => {
      const { page, done } = await open(browser, folder, { run: hostileRun() });
      for (const record of ['ws3', 'h0p2', 'h0p4', 'h0p8', 'h0s1', 'h0s2']) {
        await page.evaluate((id) => void (location.hash = `#e=${id}`), record);
        for (const key of '1234567') {
          await page.keyboard.press(key);
          await page.waitForTimeout(20);
        }
      }
      assert.equal(await page.evaluate(() => window.hacked), undefined);
      assert.equal(await page.locator('.page b:text-is("evil"), .page img').count(), 0);
      const text = await page.locator('.page').innerText();
      assert.ok(text.length < 400_000, 'a line of 10 MB is cut');
      assert.ok(!/[\u202A-\u202E]/.test(text), 'nothing turns the text around');
      assert.match(text, /⟨U\+202E⟩/);
      assert.match(text, /<script>/);
      await done();
    });

    await t.test('can be used at 320 pixels, without scrolling sideways', async () => {
      const { page, done } = await open(browser, folder, { width: 320, height: 640 });
      for (const name of ['Story', 'Map', 'Ladder', 'Message', 'Dialogue', 'Host', 'Why?', 'Checks']) {
        await page.getByRole('tab', { name, exact: true }).click();
        await page.waitForTimeout(60);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= 320, `${name} is ${wide} pixels wide`);
      }
      await page.getByRole('button', { name: 'Next chapter' }).click();
      await done();
    });
  });
});
