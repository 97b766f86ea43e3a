import { describe, expect, test } from 'vitest';
import { runOf } from './load_run';

const run = runOf('alice_to_bob');
const titles = run.chapters.filter((chapter) => chapter.number).map((chapter) => chapter.title);

describe('the chapters of Alice to Bob', () => {
  test('are its eight steps, and two for the desktop', () => {
    expect(titles.map((title) => title.split(' ').slice(0, 3).join(' '))).toEqual([
      'Alice writes to',
      'mail.red.com asks for',
      'The answers come',
      'mail.red.com connects to',
      'mx1.blue.com passes the',
      'hub.blue.com hands the',
      "Bob's phone logs",
      "Bob's phone copies",
      "Bob's desktop logs",
      "Bob's desktop downloads",
    ]);
  });
  test('name the walk through the DNS, each server with its zone', () => {
    expect(titles[1]).toContain('a.root-servers.net (the root), a.nic.com (com) and ns1.blue.com (blue.com) in turn');
  });
  test('name the best mail server and its preference', () => {
    expect(titles[3]).toContain('the best mail server of blue.com (preference 10)');
  });
  test('begin with records whose ids do not depend on packets', () => {
    for (const chapter of run.chapters) expect(run.trace.layer(chapter.first)).not.toBe('n');
  });
  test('are found again from their first and last records, although they overlap in time', () => {
    for (const chapter of run.chapters) {
      expect(run.finder.at(chapter.first)).toBe(chapter.place);
      expect(run.finder.at(chapter.last)).toBe(chapter.place);
    }
  });
  test('of one story step each stand between the others', () => {
    expect(run.chapters.filter((chapter) => chapter.number === 0).map((chapter) => run.trace.kind(chapter.first))).toEqual(['story.step', 'story.step', 'story.step']);
  });
  test('follow each other in time', () => {
    for (const [place, chapter] of run.chapters.entries()) if (place) expect(chapter.first).toBeGreaterThan(run.chapters[place - 1]!.first);
  });
});
