import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCES = join(import.meta.dirname, '..');

/** What a person types into; a keyboard may learn from it, and a browser keep it. */
const TYPED = /<(?:input|textarea)\b[^]*?(?<!=)>/g;
/** Fields that nothing is typed into. */
const UNTYPED = /\btype="(?:file|checkbox|radio|range|hidden)"/;

const QUIET = ['autocomplete="off"', 'autocapitalize="off"', 'spellcheck="false"'];
/** Known to fields of one line only. */
const OF_ONE_LINE = 'autocorrect="off"';

const fields = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.svelte'))
  .flatMap((path) => {
    const markup = readFileSync(join(SOURCES, path), 'utf8').replace(/<script[^]*?<\/script>/g, '');
    return (markup.match(TYPED) ?? []).map((tag) => ({ path, tag }));
  })
  .filter(({ tag }) => !UNTYPED.test(tag));

describe('fields', () => {
  it('there are some', () => {
    expect(fields.length).toBeGreaterThanOrEqual(3);
  });

  it('teach a keyboard nothing', () => {
    for (const { path, tag } of fields) {
      for (const attribute of QUIET) expect(tag, path).toContain(attribute);
      if (tag.startsWith('<input')) expect(tag, path).toContain(OF_ONE_LINE);
    }
  });

  it('are of many lines only for a note', () => {
    const long = fields.filter(({ tag }) => tag.startsWith('<textarea'));
    expect(long.map(({ path }) => path)).toEqual([join('screens', 'Edit.svelte')]);
  });
});
