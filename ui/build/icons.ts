import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const HERE = dirname(fileURLToPath(import.meta.url));
const PACKAGE = join(HERE, '../node_modules/simple-icons');

type Listed = { title: string; slug: string; aliases?: { aka?: string[] }; license?: { type: string } };

/** An issuer: its slug, its name, its icon as one path on a 24 by 24 grid, and other names it goes by. */
export type IssuerIcon = [slug: string, title: string, path: string, aka: string[]];

/** The reviewed list of issuers whose icons are built in: of whom a person is likely to have a code. */
export const SLUGS = readFileSync(join(HERE, 'issuers.txt'), 'utf8').split(/\s+/).filter(Boolean);

/**
 * The icons of those issuers, of the thousands that `simple-icons` has.
 *
 * The collection is CC0; some of its icons say that they are under a licence of their own. Those are left out, so that
 * none asks for a notice. All remain their owners' marks: each is shown beside its owner's name only.
 */
export function issuerIcons(slugs: readonly string[] = SLUGS): IssuerIcon[] {
  const all: Listed[] = JSON.parse(readFileSync(join(PACKAGE, 'data/simple-icons.json'), 'utf8'));
  const listed = new Map(all.map((icon) => [icon.slug, icon]));
  return slugs.map((slug) => {
    const icon = listed.get(slug);
    if (!icon) throw new Error(`simple-icons has no ${slug}`);
    if (icon.license && icon.license.type !== 'CC0-1.0') throw new Error(`${slug} is under ${icon.license.type}`);
    const svg = readFileSync(join(PACKAGE, 'icons', `${slug}.svg`), 'utf8');
    const [, path] = /^<svg [^>]*viewBox="0 0 24 24"[^>]*><title>[^<]*<\/title><path d="([^"<]+)"\/><\/svg>$/.exec(svg) ?? [];
    if (!path) throw new Error(`${slug} is not one path`);
    return [slug, icon.title, path, icon.aliases?.aka ?? []];
  });
}

const ID = 'virtual:issuer-icons';

/** Makes `virtual:issuer-icons`, which is imported when it is needed, a chunk of its own. */
export const icons = (): Plugin => ({
  name: 'issuer-icons',
  resolveId: (id) => (id === ID ? `\0${ID}` : null),
  // One text is read faster than as many literals.
  load: (id) => (id === `\0${ID}` ? `export default JSON.parse(${JSON.stringify(JSON.stringify(issuerIcons()))})` : null),
});
