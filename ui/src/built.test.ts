import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse, type Node, type Program } from 'acorn';
import { describe, expect, it } from 'vitest';
import more from './i18n/more/fr.json';

/** Made by `make ui`, before the tests. */
const ASSETS = join(import.meta.dirname, '../dist/assets');

/** The syntax in a script that Safari 15.4, on the oldest supported iPhone, cannot parse. */
function unreadable(script: string): string[] {
  const found: string[] = [];
  let tree: Node;
  try {
    tree = parse(script, { ecmaVersion: 2022, sourceType: 'module' });
  } catch (error) {
    return [String(error)];
  }
  const look = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(look);
    if (value === null || typeof value !== 'object') return;
    const node = value as { type?: string; regex?: { pattern: string; flags: string } };
    // Both came with Safari 16.4.
    if (node.type === 'StaticBlock') found.push('static block');
    if (node.regex && /\(\?<[=!]/.test(node.regex.pattern)) found.push(`lookbehind: ${node.regex.pattern}`);
    Object.values(value).forEach(look);
  };
  look(tree);
  return found;
}

/** Functions newer than Safari 15.4. Vite lowers syntax to its target, but adds no missing functions. */
const YOUNGER =
  /\.(?:toSorted|toReversed|toSpliced|with|withResolvers|groupBy|fromAsync|isWellFormed|checkVisibility|showPopover|startViewTransition|union|intersection)\(|\bwakeLock\b|\b(?:OffscreenCanvas|requestIdleCallback|DurationFormat)\b|\bAbortSignal\.(?:timeout|any)\b/g;

const missing = (script: string): string[] => script.match(YOUNGER) ?? [];

/** The scripts of the first paint: that of the page, and all that it imports statically. */
function atStart(): string[] {
  const page = readFileSync(join(ASSETS, '../index.html'), 'utf8');
  const wanted = [...page.matchAll(/<script [^>]*src="\.\/assets\/([^"]+)"/g)].map(([, name]) => String(name));
  for (const name of wanted) {
    const tree: Program = parse(readFileSync(join(ASSETS, name), 'utf8'), { ecmaVersion: 2022, sourceType: 'module' });
    for (const node of tree.body) {
      if (!('source' in node) || !node.source) continue;
      const next = String(node.source.value).replace('./', '');
      if (!wanted.includes(next)) wanted.push(next);
    }
  }
  return wanted;
}

const packed = (name: string) => gzipSync(readFileSync(join(ASSETS, name))).length;

describe('the built scripts', () => {
  it('are under 80 kB, packed, at the start, with the language that has the most to say', () => {
    const scripts = atStart();
    expect(scripts.length).toBeGreaterThan(1);
    const languages = readdirSync(ASSETS).filter((name) => /^(fr|de|it|en)-.*\.js$/.test(name));
    // Those of the help, which are smaller, are among them.
    expect(languages.length).toBeGreaterThanOrEqual(4);
    const bytes = scripts.map(packed).reduce((sum, size) => sum + size, 0) + Math.max(...languages.map(packed));
    expect(bytes).toBeLessThan(80_000);
    // Proves that the sum is not empty.
    expect(bytes).toBeGreaterThan(40_000);
  });

  it('name no text at the start that comes only later', () => {
    const later = Object.entries(more).flatMap(([group, texts]) => Object.keys(texts).map((key) => `${group}.${key}`));
    const scripts = atStart().map((name) => readFileSync(join(ASSETS, name), 'utf8'));
    const names = (key: string) => scripts.some((script) => ['`', '"', "'"].some((sign) => script.includes(sign + key + sign)));
    expect(later.filter(names)).toEqual([]);
    // Proves that a text of the start would be found.
    expect(names('list.add')).toBe(true);
  });

  it('can be read by Safari 15.4, and call nothing that it does not have', () => {
    expect(existsSync(ASSETS), 'run `make ui` first').toBe(true);
    const scripts = readdirSync(ASSETS).filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(2);
    for (const name of scripts) {
      const script = readFileSync(join(ASSETS, name), 'utf8');
      expect(unreadable(script), name).toEqual([]);
      expect(missing(script), name).toEqual([]);
    }
  });

  it('would be found to call what is younger', () => {
    for (const young of ['a.toSorted(b)', 'Promise.withResolvers()', 'AbortSignal.timeout(1)', 'new OffscreenCanvas(1, 1)', 'navigator.wakeLock.request()']) {
      expect(missing(young), young).not.toEqual([]);
    }
    // Functions that came with 15.4 itself.
    expect(missing('a.at(-1); structuredClone(a); Object.hasOwn(a, b); dialog.showModal();')).toEqual([]);
  });

  it('would not be, with younger grammar', () => {
    for (const young of [
      'class A { static { this.b = 1; } }',
      'const a = /(?<=b)c/;',
      'const a = /c/v;',
      'using a = b();',
    ]) {
      expect(unreadable(young), young).not.toEqual([]);
    }
    expect(unreadable('class A { #b = 1; static c = 2; } a?.b ?? (a ||= c);')).toEqual([]);
  });
});
