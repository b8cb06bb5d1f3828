import { iconOf, index, type Icons, type KnownIcon } from '../icons';

/** The icons of known issuers. They are loaded after the first paint; until then letters are shown. */
class IssuerIcons {
  all = $state.raw<Icons | null>(null);

  async load(): Promise<void> {
    this.all ??= index((await import('virtual:issuer-icons')).default);
  }

  of(entry: { issuer: string; icon: string | null }): KnownIcon | null {
    return this.all ? iconOf(entry, this.all) : null;
  }
}

export const issuerIcons = new IssuerIcons();
