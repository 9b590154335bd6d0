import type { LogPosition } from '@app/event-sourcing';

const SHORTEST_MS = 20;
const LONGEST_MS = 250;

type Waiting = { readonly after: LogPosition | null; readonly wake: () => void };

/**
 * Tells idle subscribers that the log has moved. All of a process share one poll, which slows down while nothing happens;
 * a notification inside every append would cost the writers two thirds of their throughput.
 */
export class Tail {
  private readonly waiting = new Set<Waiting>();
  private watching = false;
  private interval = SHORTEST_MS;
  private endPause: () => void = () => {};

  constructor(private readonly head: () => Promise<LogPosition | null>) {}

  /** Fulfilled when there is something after `after`, when the log cannot be asked, or when `signal` aborts. */
  movedBeyond(after: LogPosition | null, signal: AbortSignal): Promise<void> {
    return new Promise((fulfil) => {
      const one: Waiting = {
        after,
        wake: () => {
          this.waiting.delete(one);
          signal.removeEventListener('abort', one.wake);
          if (this.waiting.size === 0) this.endPause();
          fulfil();
        },
      };
      if (signal.aborted) return fulfil();
      signal.addEventListener('abort', one.wake);
      this.waiting.add(one);
      if (!this.watching) void this.watch();
    });
  }

  /** Something was appended in this process: look now. */
  hurry(): void {
    this.interval = SHORTEST_MS;
    this.endPause();
  }

  private async watch(): Promise<void> {
    this.watching = true;
    this.interval = SHORTEST_MS;
    while (this.waiting.size > 0) {
      await this.pause();
      if (this.waiting.size === 0) break;
      const moved = await this.head().then(
        (head) => [...this.waiting].filter(({ after }) => head !== null && (after === null || head > after)),
        () => [...this.waiting],
      );
      for (const { wake } of moved) wake();
      this.interval = moved.length > 0 ? SHORTEST_MS : Math.min(this.interval * 1.5, LONGEST_MS);
    }
    this.watching = false;
  }

  private pause(): Promise<void> {
    return new Promise((fulfil) => {
      const timer = setTimeout(fulfil, this.interval);
      this.endPause = () => {
        clearTimeout(timer);
        fulfil();
      };
    });
  }
}
