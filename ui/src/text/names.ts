/** How an entry is called in a sentence. */
export const entryName = (entry: { issuer: string; account: string }) =>
  [entry.issuer, entry.account].filter((part) => part !== '').join(', ');

/** The two lines of a row: a label without a colon has no issuer and is shown whole, first. */
export const nameLines = (entry: { issuer: string; account: string }) =>
  entry.issuer === '' ? { first: entry.account, second: '' } : { first: entry.issuer, second: entry.account };
