import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const HERE = dirname(fileURLToPath(import.meta.url));
const UI = join(HERE, '..');
const ROOT = join(UI, '..');

/** The systems that the app is made for: what is built in on any of them is listed. */
export const TARGETS = [
  'x86_64-unknown-linux-gnu',
  'aarch64-apple-darwin',
  'x86_64-pc-windows-msvc',
  'aarch64-linux-android',
  'aarch64-apple-ios',
];

/** What of npm stands in the built scripts and styles; the build fails where another has come in. */
export const NPM = ['@fontsource-variable/inter', '@tauri-apps/api', 'clsx', 'esm-env', 'i18next', 'simple-icons', 'svelte'];

export type Part = { name: string; version: string; licence: string; texts: number[] };
/** The parts, and each licence's text as the numbers of its paragraphs: most say the same but for one line. */
export type Licences = { parts: Part[]; texts: number[][]; paragraphs: string[] };

type Found = { name: string; version: string; licence: string; texts: string[] };

type Package = {
  id: string;
  name: string;
  version: string;
  license: string | null;
  license_file: string | null;
  authors: string[];
  manifest_path: string;
  source: string | null;
  targets: { kind: string[] }[];
};
type Node = { id: string; deps: { pkg: string; dep_kinds: { kind: string | null }[] }[] };
type Metadata = { packages: Package[]; resolve: { nodes: Node[] } };

/** What cargo links into the app: no tools of the build, no macros, none of our own. */
function linked(): Package[] {
  const platforms = TARGETS.map((target) => `--filter-platform=${target}`);
  const args = ['metadata', '--format-version=1', '--locked', '--offline', ...platforms];
  const { packages, resolve }: Metadata = JSON.parse(
    execFileSync('cargo', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 }),
  );
  const byId = new Map(packages.map((one) => [one.id, one]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const wanted = packages.filter(({ name, source }) => name === 'trousseau' && source === null);
  const seen = new Set(wanted);
  for (const { id } of wanted) {
    for (const { pkg, dep_kinds } of nodes.get(id)?.deps ?? []) {
      const next = byId.get(pkg);
      if (!next || seen.has(next) || !dep_kinds.some(({ kind }) => kind === null)) continue;
      if (next.targets.some(({ kind }) => kind.includes('proc-macro'))) continue;
      seen.add(next);
      wanted.push(next);
    }
  }
  return wanted.filter(({ source }) => source !== null);
}

const OURS = { apache: readFileSync(join(ROOT, 'LICENSE-APACHE'), 'utf8'), mit: readFileSync(join(ROOT, 'LICENSE-MIT'), 'utf8') };

/** The licences that lie with a package. Where it may be had under MIT, that one alone: it is the shortest. */
function textsIn(folder: string, licence: string, named: string | null, authors: string[]): string[] {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice|unlicense|copyright)/i.test(name));
  const paths = [...new Set([...files, ...(named ? [named] : [])])]
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path) && statSync(path).isFile() && !/\.(rs|spdx|html)$/.test(path));
  const mit = / OR /.test(licence) && !/ AND /.test(licence) ? paths.filter((path) => /mit/i.test(path.slice(folder.length))) : [];
  const found = (mit.length > 0 ? mit : paths).map((path) => readFileSync(path, 'utf8'));
  if (found.length > 0) return found;
  return [standard(licence, authors)];
}

/** A text of whoever names a licence and leaves its text out: it is the same for all but for whose it is. */
function standard(licence: string, authors: string[]): string {
  const owned = (text: string) => text.replace(/^Copyright \(c\).*$/m, `Copyright (c) ${authors.join(', ') || 'its authors'}`);
  if (/\bMIT\b/.test(licence)) return owned(OURS.mit);
  if (/\bApache-2\.0\b/.test(licence)) return OURS.apache;
  return owned(readFileSync(join(HERE, 'licences', `${licence}.txt`), 'utf8'));
}

function crates(): Found[] {
  return linked().map(({ name, version, license, license_file, authors, manifest_path }) => {
    // An older way to write “or”.
    const licence = (license ?? '').replaceAll('/', ' OR ').replace(/ +/g, ' ');
    return { name, version, licence, texts: textsIn(dirname(manifest_path), licence, license_file, authors) };
  });
}

function npm(): Found[] {
  return NPM.map((name) => {
    const folder = join(UI, 'node_modules', name);
    const { version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const authors = [typeof author === 'string' ? author : author?.name].filter(Boolean);
    return { name, version, licence: license, texts: textsIn(folder, license, null, authors) };
  });
}

/** What is built in and comes by no package manager. */
const COLLECTED = [
  { name: 'zxcvbn-ts', version: '3', licence: 'MIT', file: '../../crates/strength/src/words.LICENSE' },
];

function collected(): Found[] {
  return COLLECTED.map(({ file, ...part }) => ({ ...part, texts: [readFileSync(join(HERE, file), 'utf8')] }));
}

/** The place of a value in a list, where it is put if it is new. */
function placeIn<T>(list: T[], places: Map<string, number>, key: string, value: T): number {
  const place = places.get(key) ?? list.push(value) - 1;
  places.set(key, place);
  return place;
}

/** All that is built into the app and is not ours, with the licences it is under. Asks no network. */
export function licences(): Licences {
  const [paragraphs, texts]: [string[], number[][]] = [[], []];
  const [paragraphAt, textAt] = [new Map<string, number>(), new Map<string, number>()];
  const paragraph = (text: string) => placeIn(paragraphs, paragraphAt, text, text);
  const text = (whole: string) => {
    const parts = whole.split(/\r?\n\s*\n/).map((part) => part.replace(/\s+/g, ' ').trim());
    const numbers = parts.filter(Boolean).map(paragraph);
    return placeIn(texts, textAt, numbers.join(), numbers);
  };
  const order = (a: Found, b: Found) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en');
  const parts = [...crates(), ...npm(), ...collected()].sort(order).map((found) => ({ ...found, texts: [...new Set(found.texts.map(text))] }));
  return { parts, texts, paragraphs };
}

const ID = 'virtual:licences';

/** Makes `virtual:licences`, a chunk of its own, and holds the list of npm packages to what is built in. */
export const licenceList = (): Plugin => ({
  name: 'licences',
  resolveId: (id) => (id === ID ? `\0${ID}` : null),
  load: (id) => (id === `\0${ID}` ? `export default JSON.parse(${JSON.stringify(JSON.stringify(licences()))})` : null),
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? one.moduleIds : []));
    const names = modules.flatMap((id) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? []);
    const unlisted = [...new Set(names)].filter((name) => !NPM.includes(name));
    if (unlisted.length > 0) this.error(`licences.ts does not list ${unlisted.join(', ')}`);
  },
});
