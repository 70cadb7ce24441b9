// Paints at most once in each frame of the browser, whatever the number of messages: what is dirty is painted, and a
// background tab paints nothing.
export class Painter {
  #dirty = new Set();
  #paint;
  #asked = false;

  constructor(paint) {
    this.#paint = paint;
  }

  mark(item) {
    this.#dirty.add(item);
    if (!this.#asked) {
      this.#asked = true;
      requestAnimationFrame(() => this.#flush());
    }
  }

  #flush() {
    const items = [...this.#dirty];
    this.#dirty.clear();
    this.#asked = false;
    items.forEach(this.#paint);
  }
}
