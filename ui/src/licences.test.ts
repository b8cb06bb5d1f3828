import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { licences, TARGETS } from '../build/licences';

const UI = join(import.meta.dirname, '..');
const all = licences();
const text = (numbers: number[]) =>
  numbers.flatMap((at) => all.texts[at] ?? []).map((at) => all.paragraphs[at] ?? '').join('\n');

/** What cargo itself says is linked into the app for a target. */
function tree(target: string): string[] {
  const args = ['tree', '--locked', '--offline', '--package=trousseau', `--target=${target}`];
  const shape = ['--edges=normal,no-proc-macro', '--prefix=none', '--format={p}'];
  const lines = execFileSync('cargo', [...args, ...shape], { cwd: UI, encoding: 'utf8' }).split('\n');
  // A path stands behind what is ours.
  const names = lines.filter((line) => line !== '' && !line.includes('(/') && !line.includes(':\\'));
  return [...new Set(names.map((line) => line.replace(/ v([^ ]+).*$/, ' $1')))];
}

describe('the list of licences', () => {
  it.each(TARGETS)('has all that is built in for %s', (target) => {
    const listed = new Set(all.parts.map(({ name, version }) => `${name} ${version}`));
    const linked = tree(target);
    expect(linked.length).toBeGreaterThan(100);
    expect(linked.filter((part) => !listed.has(part))).toEqual([]);
  }, 30_000);

  it('gives each part its licence, with a text that can be read', () => {
    for (const part of all.parts) {
      expect(part.licence, part.name).toMatch(/^[\w(]/);
      expect(text(part.texts).length, part.name).toBeGreaterThan(100);
    }
  });

  it('keeps whose each is', () => {
    const of = (name: string) => text(all.parts.find((part) => part.name === name)?.texts ?? []);
    expect(of('svelte')).toMatch(/Copyright \(c\) 2016-\d+ .*Svelte Contributors/);
    expect(of('zxcvbn-ts')).toContain('Dan Wheeler and Dropbox');
    expect(of('@fontsource-variable/inter')).toContain('SIL OPEN FONT LICENSE');
  });

  it('is a script of its own, and a small one', () => {
    const assets = join(UI, 'dist/assets');
    const [built] = readdirSync(assets).filter((name) => name.startsWith('licences-'));
    const script = readFileSync(join(assets, String(built)), 'utf8');
    expect(script).toContain('SIL OPEN FONT LICENSE');
    expect(script.length).toBeLessThan(200_000);
  });
});
