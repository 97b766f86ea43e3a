// The summary of a DNS message as a trace has it, in short.
import { withoutDots } from './names';

export interface DnsText {
  query: boolean;
  name: string;
  type: string;
  short: string; // "blue.com MX?" or "NOERROR aa: MX 10 mx1.blue.com"
  referral: string; // the zone that was referred to, or empty
  authoritative: boolean;
}

export function dnsText(summary: string): DnsText {
  const [what = '', name = '', type = '', ...rest] = summary.split(' ');
  const query = what === 'query';
  let answer = rest.join(' ').replace(/ \(\d+ authority, \d+ additional\)$/, '');
  answer = withoutDots(answer);
  const referral = /referral to ([^:\s]+)/.exec(answer)?.[1] ?? '';
  const short = query ? `${name} ${type}?` : answer || summary;
  return { query, name, type, short, referral, authoritative: / aa\b/.test(` ${answer.split(':')[0]}`) };
}
