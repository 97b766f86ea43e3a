import { expect, test } from 'vitest';
import { shortened } from '../../src/model/names';

const list = (count: number): string => Array.from({ length: count }, (_, i) => `user${i + 1}@blue.com`).join(', ');

test('a long list of addresses is shortened, a short one is not', () => {
  expect(shortened(`Alice writes to ${list(4)}: Hello`)).toBe(`Alice writes to ${list(4)}: Hello`);
  expect(shortened(`Alice writes to ${list(5)}: Hello`)).toBe(`Alice writes to ${list(3)} and 2 others: Hello`);
  expect(shortened(`Alice writes to ${list(1000)} on the laptop`)).toBe(`Alice writes to ${list(3)} and 997 others on the laptop`);
});

test('a list at the end of a text, and the text behind a list, stay what they are', () => {
  expect(shortened(list(6))).toBe(`${list(3)} and 3 others`);
  expect(shortened(`To ${list(6)}, of course, and more`)).toBe(`To ${list(3)} and 3 others, of course, and more`);
  expect(shortened('No address, none, at all, really, none')).toBe('No address, none, at all, really, none');
  expect(shortened('')).toBe('');
});

test('a long text without a list is read in one pass', () => {
  for (const text of ['a@b,'.repeat(200_000), 'a@'.repeat(500_000), ' , '.repeat(300_000)]) expect(shortened(text)).toBe(text);
});
