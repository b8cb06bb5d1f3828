/** A passing message, with at most one thing to do about it. */
export type Toast = {
  id: number;
  text: string;
  alarm: boolean;
  action?: { label: string; run: () => void };
};

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 0;

  /** Says something for a while: 10 s where it can be undone, else 5 s. */
  say(text: string, more: Partial<Pick<Toast, 'alarm' | 'action'>> = {}): void {
    const id = ++this.#next;
    this.list = [...this.list.slice(-1), { id, text, alarm: false, ...more }];
    setTimeout(() => this.dismiss(id), more.action ? 10_000 : 5000);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  clear(): void {
    this.list = [];
  }
}

export const toasts = new Toasts();
