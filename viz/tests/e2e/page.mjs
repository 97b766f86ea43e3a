// Puts a trace into the built page, as `mailcosm view` does, without the program.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
export const TEMPLATE = join(here, '../../dist/page.html');
const PLACE = 'id="mailcosm-trace">';

export function pageWith(trace) {
  const page = readFileSync(TEMPLATE, 'utf8');
  const at = page.indexOf(`${PLACE}</script>`) + PLACE.length;
  if (at < PLACE.length) throw new Error('the page has no place for a trace');
  const octets = trace[0] === 0x1f ? trace : gzipSync(trace);
  return page.slice(0, at) + octets.toString('base64') + page.slice(at);
}

export function writePage(trace, path) {
  writeFileSync(path, pageWith(trace));
  return path;
}
