/** New recovery words were shown, and a lock came before the keys were replaced: they open nothing. */
class UnusedWords {
  words = $state(false);
}

export const unused = new UnusedWords();
