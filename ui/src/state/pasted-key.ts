let key = '';

/** A pasted bare secret key, on its way to manual entry. It can be taken once. */
export const pastedKey = {
  put(text: string): void {
    key = text;
  },
  take(): string {
    const taken = key;
    key = '';
    return taken;
  },
};
