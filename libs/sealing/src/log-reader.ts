import type { EventStore, LogPosition, StoredEvent } from '@app/event-sourcing';

const BLOCK_SIZE = 500;

/** The log from after a position on, one event at a time, with one block of it in memory. */
export class LogReader {
  private block: readonly StoredEvent[] = [];
  private at = 0;

  constructor(
    private readonly store: EventStore,
    /** The position of the last event that was taken. */
    public position: LogPosition | null,
  ) {}

  /** The next event, without taking it. At the end of the log it is asked again: a later call may find one. */
  async peek(): Promise<StoredEvent | undefined> {
    if (this.at === this.block.length) {
      this.block = await this.store.readAll(this.position, BLOCK_SIZE);
      this.at = 0;
    }
    return this.block[this.at];
  }

  /** Goes on to the event after the one that was peeked at. */
  take(): void {
    this.position = this.block[this.at]?.position ?? this.position;
    this.at++;
  }
}
