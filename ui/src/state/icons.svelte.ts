import { iconOf, index, type Icons, type KnownIcon } from '../icons';

/** The icons of known issuers: they come after the first paint, and letters stand there until then. */
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
