import fc from 'fast-check';
import { readerCodec } from '../reader.codec';
import { evolve, initialState, type Reader, type ReaderEvent } from './reader';
import { readerDecider, type ReaderCommand } from './reader.decider';

/* Anybody does anything in any order. */

const named = { readerId: 'r1', disclosureId: 'd1', hospital: 'みなと病院' };
const number = fc.integer({ min: 1, max: 5 });
const asked: fc.Arbitrary<ReaderCommand> = fc
  .oneof(
    fc.constant({ type: 'InviteReader' as const, ...named }),
    fc.constant({ type: 'Follow' as const, ...named }),
    fc.record({ type: fc.constant('RecordDelivery' as const), number }),
    {
      weight: 4,
      arbitrary: number.map((n) => ({
        type: 'AcknowledgeEdition' as const,
        number: n,
        contentHash: String(n).repeat(64),
      })),
    },
    fc.constant({ type: 'Unfollow' as const }),
  )
  .map((command) => ({ ...command, by: { id: 'r1', name: 'みなと病院' }, at: '2030-01-10T03:00:00.000Z' }));

const live = (
  commands: readonly ReaderCommand[],
): { readonly events: readonly ReaderEvent[]; readonly states: readonly Reader[] } => {
  const events: ReaderEvent[] = [];
  const states: Reader[] = [initialState];
  for (const command of commands) {
    const decision = readerDecider.decide(command, states.at(-1)!);
    for (const event of decision.outcome === 'accepted' ? decision.events : []) {
      events.push(event);
      states.push(evolve(states.at(-1)!, event));
    }
  }
  return { events, states };
};

const lives = fc.array(asked, { maxLength: 30, size: 'max' });

describe('any life of a reader', () => {
  it('acknowledges rising editions, each from the one before, and delivers each once', () =>
    fc.assert(
      fc.property(lives, (commands) => {
        const { events, states } = live(commands);
        let last: number | null = null;
        for (const event of events) {
          if (event.type !== 'EditionAcknowledged') continue;
          expect(event.data.since).toBe(last);
          expect(event.data.number).toBeGreaterThan(last ?? 0);
          last = event.data.number;
        }
        for (const state of states)
          if (state.status === 'Following') expect(new Set(state.delivered).size).toBe(state.delivered.length);
      }),
    ));

  it('says nothing before it follows and after it left', () =>
    fc.assert(
      fc.property(lives, (commands) => {
        const types = live(commands).events.map(({ type }) => type);
        const about = (type: string) => type === 'EditionDelivered' || type === 'EditionAcknowledged';
        expect(types.slice(0, Math.max(0, types.indexOf('ReaderFollowed'))).some(about)).toBe(false);
        const left = types.indexOf('Unfollowed');
        if (left >= 0) expect(types.slice(left + 1)).toEqual([]);
      }),
    ));

  it('does nothing the second time, and is read as it was stored', () =>
    fc.assert(
      fc.property(lives, asked, (commands, command) => {
        const { events, states } = live(commands);
        expect(events.map((event) => readerCodec.decode(readerCodec.encode(event)))).toEqual(events);
        const first = readerDecider.decide(command, states.at(-1)!);
        if (first.outcome === 'rejected') return;
        const after = first.events.reduce(evolve, states.at(-1)!);
        const again = readerDecider.decide(command, after);
        const isAnswered = again.outcome === 'accepted' ? again.events.length === 0 : command.type === 'InviteReader';
        expect(isAnswered).toBe(true);
      }),
    ));
});
