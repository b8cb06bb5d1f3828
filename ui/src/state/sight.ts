import type { Attachment } from 'svelte/attachments';

/** Tells which elements are in sight, by the names they were watched under. */
export class Sight {
  #names = new Map<Element, string>();
  #seen = new Set<string>();
  #observer: IntersectionObserver;

  constructor(tell: (seen: string[]) => void) {
    this.#observer = new IntersectionObserver((changes) => {
      for (const { target, isIntersecting } of changes) {
        const name = this.#names.get(target);
        if (name === undefined) continue;
        if (isIntersecting) this.#seen.add(name);
        else this.#seen.delete(name);
      }
      tell([...this.#seen]);
    });
  }

  watched(name: string): Attachment<HTMLElement> {
    return (element) => {
      this.#names.set(element, name);
      this.#observer.observe(element);
      return () => {
        this.#observer.unobserve(element);
        this.#names.delete(element);
        this.#seen.delete(name);
      };
    };
  }

  end(): void {
    this.#observer.disconnect();
  }
}
