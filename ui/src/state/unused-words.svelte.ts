/** New recovery words were shown, but the vault was locked before the keys were replaced: they unlock nothing. */
class UnusedWords {
  words = $state(false);
}

export const unused = new UnusedWords();
