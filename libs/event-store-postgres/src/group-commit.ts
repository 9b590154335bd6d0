type Waiting<J, A> = {
  readonly job: J;
  readonly fulfil: (answer: A) => void;
  readonly fail: (error: unknown) => void;
};

/** So many waiting are worth a group of their own beside the one under way; fewer gain more by going together. */
const CROWD = 16;

/**
 * Runs jobs in groups that form by themselves: a lone job starts at once; jobs that come while a group is under way
 * wait together and share the next commit. Nobody waits for company. When a crowd waits, it sets out as a second group
 * at the same time: the database works on one while this process prepares the other.
 *
 * When a group fails, each of its jobs is run again alone, so that one bad job never harms a neighbour.
 * Jobs must therefore be all-or-nothing and harmless to repeat.
 */
export class GroupCommit<J, A> {
  private readonly waiting: Waiting<J, A>[] = [];
  private underWay = 0;

  constructor(
    private readonly run: (jobs: readonly J[]) => Promise<readonly A[]>,
    private readonly sizeOf: (job: J) => number,
    private readonly maxSize: number,
  ) {}

  submit(job: J): Promise<A> {
    return new Promise((fulfil, fail) => {
      this.waiting.push({ job, fulfil, fail });
      this.start();
    });
  }

  private start(): void {
    if (this.waiting.length === 0 || this.underWay >= (this.waiting.length >= CROWD ? 2 : 1)) return;
    this.underWay++;
    // Those who were answered may append again at once: they all come (as microtasks) before the next tick, and so together.
    void this.settle(this.nextGroup()).finally(() =>
      process.nextTick(() => {
        this.underWay--;
        this.start();
      }),
    );
  }

  private nextGroup(): readonly Waiting<J, A>[] {
    let size = 0;
    const tooMany = this.waiting.findIndex(({ job }, index) => (size += this.sizeOf(job)) > this.maxSize && index > 0);
    return this.waiting.splice(0, tooMany === -1 ? this.waiting.length : tooMany);
  }

  private async settle(group: readonly Waiting<J, A>[]): Promise<void> {
    try {
      const answers = await this.run(group.map(({ job }) => job));
      group.forEach(({ fulfil }, index) => fulfil(answers[index] as A));
    } catch (error) {
      if (group.length === 1) group[0]?.fail(error);
      else for (const one of group) await this.settle([one]);
    }
  }
}
