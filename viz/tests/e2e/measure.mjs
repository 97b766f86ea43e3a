// Measures a page that `mailcosm view` wrote: npm run measure PAGE.html. Tells how long it takes to open, and what one step of dragging
// the moment along the line of time costs. Times of the main thread do not depend on what else the machine does; times on the clock do.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from './browser.mjs';

const STEPS = 90;
const given = process.argv[2];
if (!given) throw new Error('usage: npm run measure PAGE.html');

// In the page: drags the moment from one end to the other, one step a frame.
async function scrub(steps) {
  const slider = document.querySelector('canvas[role="slider"]');
  slider.setPointerCapture = () => {};
  slider.hasPointerCapture = () => true;
  const { left, top, width, height } = slider.getBoundingClientRect();
  const frames = [];
  const send = (type, part) => slider.dispatchEvent(new PointerEvent(type, { clientX: left + 12 + (width - 24) * part, clientY: top + height / 2, bubbles: true, pointerId: 1, buttons: 1 }));
  send('pointerdown', 0);
  let last = performance.now();
  for (let step = 1; step <= steps; step++) {
    send('pointermove', step / steps);
    await new Promise(requestAnimationFrame);
    frames.push(performance.now() - last);
    last = performance.now();
  }
  return frames.sort((a, b) => a - b)[steps >> 1];
}

const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(300_000);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => 1000 * (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
  const row = (what, clock, thread) => console.log(`${what.padEnd(28)} ${clock.toFixed(0).padStart(6)} ms on the clock ${thread.toFixed(1).padStart(8)} ms of the main thread`);

  const began = performance.now();
  await page.goto(pathToFileURL(resolve(given)).href);
  await page.waitForSelector('.page');
  row('open', performance.now() - began, await busy());
  for (const [stage, key] of [['map', '1'], ['ladder', '2'], ['message', '3']]) {
    for (const [side, other] of [['dialogue', '4'], ['host', '5'], ['why', '6']]) {
      await page.keyboard.press(key);
      await page.keyboard.press(other);
      await page.waitForTimeout(500);
      const before = await busy();
      const frame = await page.evaluate(scrub, STEPS);
      row(`a frame: ${stage}, ${side}`, frame, ((await busy()) - before) / STEPS);
    }
  }
} finally {
  await browser.close();
}
