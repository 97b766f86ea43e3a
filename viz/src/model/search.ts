// Search over everything that a record says.
import { sentenceOf } from './facts';
import type { Names } from './names';
import type { Trace } from './trace';

export interface Hit {
  kind: 'host' | 'record';
  record: number;
  host: number;
  text: string;
}

// Hosts first, then records of the story, then lines, then packets; each in order. The words must all occur.
export function search(trace: Trace, names: Names, query: string, max = 50): Hit[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const matches = (text: string): boolean => {
    const low = text.toLowerCase();
    return words.every((word) => low.includes(word));
  };
  const hits: Hit[] = names.hosts
    .filter((host) => matches(`${host.name} ${host.addresses.join(' ')} ${host.roles.join(' ')}`))
    .slice(0, max)
    .map((host) => ({ kind: 'host', record: -1, host: host.place, text: host.name }));
  const direct = trace.find(query.trim());
  if (direct >= 0) hits.push({ kind: 'record', record: direct, host: trace.host(direct), text: sentenceOf(trace, names, direct) });
  for (const layer of ['s', 'p', 'n']) {
    for (let i = 0; i < trace.count && hits.length < max; i++) {
      if (trace.layer(i) !== layer || /^(host|link)\.declared$|^line\.received$/.test(trace.kind(i))) continue;
      const text = sentenceOf(trace, names, i);
      if (matches(text) || matches(trace.message(i))) hits.push({ kind: 'record', record: i, host: trace.host(i), text });
    }
  }
  return hits;
}
