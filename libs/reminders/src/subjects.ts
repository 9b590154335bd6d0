import { auditCodec, auditDeadlines, auditDecider, auditSubject } from '@app/audits';
import type { Deadline, DeadlineSubject } from '@app/calendar';
import { certificateCodec, certificateDeadlines, certificateDecider, certificateSubject } from '@app/certificates';
import type { EventCodec, EventStore, StoredEvent, StreamName } from '@app/event-sourcing';

/** A register of things that fall due: how to fold one of its streams, and what of it falls due. States are plain JSON. */
type Register = {
  /** What the names of its streams begin with. */
  readonly prefix: string;
  readonly evolve: (state: unknown, stored: StoredEvent) => unknown;
  readonly deadlines: (state: unknown) => readonly Deadline[];
  readonly subject: (state: unknown, part?: string) => DeadlineSubject | null;
};

const registerOf = <S, E>(
  prefix: string,
  codec: EventCodec<E>,
  { initialState, evolve }: { readonly initialState: S; readonly evolve: (state: S, event: E) => S },
  deadlines: (state: S) => readonly Deadline[],
  subject: (state: S, part?: string) => DeadlineSubject | null,
): Register => ({
  prefix,
  evolve: (state, stored) => evolve((state ?? initialState) as S, codec.decode(stored)),
  deadlines: (state) => deadlines((state ?? initialState) as S),
  subject: (state, part) => subject((state ?? initialState) as S, part),
});

/** Every register whose deadlines somebody is reminded of. */
const registers: readonly Register[] = [
  registerOf('certificate-', certificateCodec, certificateDecider, certificateDeadlines, certificateSubject),
  registerOf('audit-', auditCodec, auditDecider, auditDeadlines, auditSubject),
];

const registerOfStream = (stream: string): Register | undefined =>
  registers.find(({ prefix }) => stream.startsWith(prefix));

/** Whether the stream is of something that falls due. */
export const isSubject = (stream: string): stream is StreamName => registerOfStream(stream) !== undefined;

/** The state of a subject after one more of its events; `null` before the first. */
export const evolveSubject = (state: unknown, stored: StoredEvent): unknown =>
  registerOfStream(stored.stream)?.evolve(state, stored) ?? null;

/** What of a subject in that state falls due. */
export const deadlinesOf = (subject: string, state: unknown): readonly Deadline[] =>
  registerOfStream(subject)?.deadlines(state) ?? [];

/** In words what a deadline is of, with who looks after it; null when there is nothing by that name. */
export const inWords = (
  { subject, part }: Pick<Deadline, 'subject' | 'part'>,
  state: unknown,
): DeadlineSubject | null => registerOfStream(subject)?.subject(state, part?.id) ?? null;

/** The state of a subject from the log itself, so that what was renewed a moment ago is left in peace; null: there is none. */
export const subjectNow = async (store: EventStore, subject: StreamName): Promise<unknown> =>
  (await store.read(subject)).reduce<unknown>(evolveSubject, null);
