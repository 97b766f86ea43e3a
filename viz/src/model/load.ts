// From octets to a trace: gzip or not, columns or JSON Lines.
import { readColumns } from './read_columns';
import { readJsonLines, TraceError } from './read_jsonl';
import type { Trace } from './trace';

const GZIP = [0x1f, 0x8b];

async function textOf(octets: Uint8Array<ArrayBuffer>): Promise<string> {
  if (octets[0] !== GZIP[0] || octets[1] !== GZIP[1]) return new TextDecoder().decode(octets);
  const stream = new Blob([octets]).stream().pipeThrough(new DecompressionStream('gzip'));
  return await new Response(stream).text();
}

export async function loadTrace(octets: Uint8Array<ArrayBuffer>): Promise<Trace> {
  if (octets[0] === 0x89) {
    throw new TraceError('This is the binary form of a trace. Make a page of it with: mailcosm view FILE');
  }
  let text: string;
  try {
    text = await textOf(octets);
  } catch {
    throw new TraceError('The file is damaged: its compression cannot be undone.');
  }
  return text.startsWith('{"mailcosm_columns"') ? readColumns(text) : readJsonLines(text);
}

export function octetsOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64.replace(/\s+/g, ''));
  const octets = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) octets[i] = text.charCodeAt(i);
  return octets;
}
