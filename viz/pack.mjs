// Packs the program of the page as the trace is packed: gzip in base64, unpacked by a few readable lines. Keeps the page small enough
// for an e-mail. fflate, in JavaScript alone, gives the same octets on every machine, which zlib does not promise.
import { gunzipSync, gzipSync } from 'fflate';

const PROGRAM = /<script type="module"[^>]*>([\s\S]*?)<\/script>/;
const PLACE = /<script type="application\/octet-stream;base64" id="mailcosm-program">([^<]*)<\/script>/;

// Runs in the page. Inserting a script is not eval: script-src 'unsafe-inline' allows it.
const UNPACK = `
      (async () => {
        const place = document.getElementById('mailcosm-program');
        try {
          const octets = Uint8Array.from(atob(place.textContent), (octet) => octet.charCodeAt(0));
          const stream = new Blob([octets]).stream().pipeThrough(new DecompressionStream('gzip'));
          const program = document.createElement('script');
          program.type = 'module';
          program.textContent = await new Response(stream).text();
          place.replaceWith(program);
        } catch {
          document.getElementById('app').textContent = 'This page needs a browser of 2023 or later (it uses DecompressionStream).';
        }
      })();
    `;

export function pack(page) {
  const program = PROGRAM.exec(page);
  if (!program) throw new Error('the page has no program');
  const octets = gzipSync(new TextEncoder().encode(program[1]), { level: 9, mtime: 0 });
  const carrier = `<script type="application/octet-stream;base64" id="mailcosm-program">${Buffer.from(octets).toString('base64')}</script>`;
  const without = page.replace(program[0], '');
  const end = without.lastIndexOf('</body>');
  return `${without.slice(0, end)}  ${carrier}\n    <script>${UNPACK}</script>\n  ${without.slice(end)}`;
}

// The program of a packed page, as text.
export function programOf(page) {
  const carrier = PLACE.exec(page);
  return carrier ? new TextDecoder().decode(gunzipSync(Buffer.from(carrier[1], 'base64'))) : '';
}
