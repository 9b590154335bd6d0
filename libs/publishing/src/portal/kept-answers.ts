import { localDateOf } from '@app/calendar';
import type { Queryable } from '@app/database';
import type { Clock } from '@app/event-sourcing';
import type { Answer } from './send-page';

/** Bytes of answers that one process keeps. */
const MOST_BYTES = 8_000_000;

/**
 * Public answers as they were made, for as long as nothing that they are made of can have changed: how far the read models have come,
 * the newest seal, and the day in Japan, on which certificates lapse and editions come into force. One question tells.
 */
export class KeptAnswers {
  private readonly kept = new Map<string, Answer>();
  private bytes = 0;
  private state = '';
  private underWay: Promise<unknown> = Promise.resolve();
  private next: Promise<string> | null = null;

  constructor(
    private readonly db: Queryable,
    private readonly now: Clock,
    private readonly mostBytes = MOST_BYTES,
  ) {}

  /**
   * @param name tells the answer from others: its address and its face
   * @param make null when there is none; that is not kept
   */
  async of(name: string, make: () => Promise<Answer | null>): Promise<Answer | null> {
    // Asked before anything is read, so that an answer is never older than the state it is kept under.
    const state = await this.stateNow();
    if (state !== this.state) this.forget(state);
    const known = this.kept.get(name);
    if (known !== undefined) return known;
    const answer = await make();
    if (answer === null || state !== this.state || answer.body.length > this.mostBytes) return answer;
    if (this.bytes + answer.body.length > this.mostBytes) this.forget(state);
    if (!this.kept.has(name)) this.bytes += answer.body.length;
    this.kept.set(name, answer);
    return answer;
  }

  private forget(state: string): void {
    this.state = state;
    this.bytes = 0;
    this.kept.clear();
  }

  /** Who asks while a question is under way shares the next one: what is found has to be as new as the request. */
  private stateNow(): Promise<string> {
    this.next ??= this.underWay.then(() => {
      const asked = this.askState();
      this.underWay = asked.catch(() => undefined);
      this.next = null;
      return asked;
    });
    return this.next;
  }

  private async askState(): Promise<string> {
    const [row] = await this.db.query<{ state: string }[]>(
      `select concat((select string_agg(concat(name, ' ', position), ';' order by name) from projection_checkpoint), ' ',
                     (select max(batch) from seals)) as state`,
    );
    return `${localDateOf(this.now())} ${row?.state}`;
  }
}
