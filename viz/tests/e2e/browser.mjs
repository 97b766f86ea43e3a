// Debian's chromium, driven by playwright-core. MAILCOSM_CHROMIUM names another one.
import { chromium } from 'playwright-core';

export async function launch() {
  return await chromium.launch({
    executablePath: process.env['MAILCOSM_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}
