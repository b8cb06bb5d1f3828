/** Text for screen readers only. */
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
