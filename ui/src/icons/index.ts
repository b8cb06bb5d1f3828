import type { IssuerIcon } from '../../build/icons';
import { lookupKey, namesOf } from './match';

export type KnownIcon = { slug: string; title: string; path: string };

/** The icons, by their slugs and by the names of their issuers. */
export type Icons = { bySlug: ReadonlyMap<string, KnownIcon>; byName: ReadonlyMap<string, KnownIcon> };

/** Instead of a slug: always show the letter. */
export const NO_ICON = 'none';

export function index(icons: readonly IssuerIcon[]): Icons {
  const bySlug = new Map<string, KnownIcon>();
  const byName = new Map<string, KnownIcon>();
  for (const [slug, title, path, aka] of icons) {
    const icon = { slug, title, path };
    bySlug.set(slug, icon);
    for (const name of [slug, title, ...aka]) byName.set(lookupKey(name), icon);
  }
  return { bySlug, byName };
}

/** The icon of an entry: the chosen one, or that of its issuer. An unknown slug is shown as a letter. */
export function iconOf(entry: { issuer: string; icon: string | null }, icons: Icons): KnownIcon | null {
  if (entry.icon !== null) return icons.bySlug.get(entry.icon) ?? null;
  for (const name of namesOf(entry.issuer)) {
    const found = icons.byName.get(name);
    if (found) return found;
  }
  return null;
}
