// The runs that tests look at.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readJsonLines } from '../../src/model/read_jsonl';
import { Run } from '../../src/model/run';

export function textOf(name: string): string {
  return gunzipSync(readFileSync(join(import.meta.dirname, '../data', `${name}.jsonl.gz`))).toString('utf8');
}

export function runOf(name: string): Run {
  return new Run(readJsonLines(textOf(name)));
}
