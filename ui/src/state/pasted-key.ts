let key = '';

/** A bare secret key, on its way from where it was pasted to the screen "by hand". It can be taken once. */
export const pastedKey = {
  give(text: string): void {
    key = text;
  },
  take(): string {
    const taken = key;
    key = '';
    return taken;
  },
};
