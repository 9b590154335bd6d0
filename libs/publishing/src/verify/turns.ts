/** Lets so many in at a time and lets a few wait; whoever comes beyond that is turned away. */
export class Turns {
  private inside = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly places: number,
    private readonly seats: number,
  ) {}

  /** Answers what `work` does, or 'busy' without having begun. */
  async take<T>(work: () => Promise<T>): Promise<T | 'busy'> {
    if (this.inside >= this.places) {
      if (this.waiting.length >= this.seats) return 'busy';
      await new Promise<void>((resolve) => this.waiting.push(resolve)); // the place is handed over, not given up
    } else this.inside++;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.inside--;
    }
  }
}
