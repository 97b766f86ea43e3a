import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { programOf } from '../../pack.mjs';
import { digestOfSources } from '../../sources.mjs';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'dist/page.html'), 'utf8');

describe('the built page', () => {
  test('has one place for the trace', () => {
    expect(page.split('id="mailcosm-trace"></script>').length).toBe(2);
  });
  test('is at most 160 KB', () => {
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(160_000);
  });
  test('names the sources it was built from', () => {
    expect(/name="mailcosm-sources" content="([0-9a-f]{64})"/.exec(page)?.[1]).toBe(digestOfSources(root));
  });
  test('is what its sources give, octet for octet', () => {
    const out = mkdtempSync(join(tmpdir(), 'mailcosm-page-'));
    try {
      execFileSync(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'silent'], { cwd: root, env: { ...process.env, NODE_ENV: 'production', MAILCOSM_VIZ_OUT: out } });
      expect(readFileSync(join(out, 'page.html'), 'utf8') === page).toBe(true);
    } finally {
      rmSync(out, { recursive: true });
    }
  }, 300_000);
  test('loads nothing from elsewhere', () => {
    expect(page).not.toMatch(/<(script|link|img|iframe)[^>]+(src|href)=/i);
    expect(page).not.toMatch(/@import|url\(/);
    expect(/\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon/.exec(programOf(page))?.[0]).toBeUndefined();
  });
  test('evaluates no text as a program', () => {
    expect(programOf(page).length).toBeGreaterThan(50_000);
    for (const text of [page, programOf(page)]) expect(/\beval\(|new Function\(/.exec(text)?.[0]).toBeUndefined();
  });
});
