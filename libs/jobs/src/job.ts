/** Puts work into the queue: "have a look at this one". The same id is not queued twice while it waits. */
export type Enqueue = (jobName: string, id: string) => Promise<void>;

/**
 * One kind of work in the background. A job carries nothing but an id: the database says whether there is still
 * something to do, so `run` must be safe to repeat, late, and at the same time as another run of the same id.
 */
export type Job = {
  /** Unique over all jobs of the product, e.g. `mail.deliver`. */
  readonly name: string;
  /** How often `run` may throw before the job counts as failed. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; they double with each further one. */
  readonly backoffMs: number;
  readonly run: (id: string, enqueue: Enqueue) => Promise<void>;
};

/** Runs a job again and again, with the schedule's name as its id; with several workers still once per interval. */
export type Schedule = {
  readonly name: string;
  readonly everyMs: number;
  /** The name of the job. */
  readonly job: string;
};
