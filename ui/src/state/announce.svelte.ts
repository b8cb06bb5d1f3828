/** What is said to a screen reader and seen by nobody. */
class Announcer {
  text = $state('');

  say(text: string): void {
    this.text = text;
  }

  clear(): void {
    this.text = '';
  }
}

export const announcer = new Announcer();
