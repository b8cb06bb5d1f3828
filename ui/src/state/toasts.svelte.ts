/** A short message with at most one action. */
export type Toast = {
  id: number;
  text: string;
  alarm: boolean;
  action?: { label: string; run: () => void };
};

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 0;

  /** Shows a message for 5 s, or 10 s if it has an action. */
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
