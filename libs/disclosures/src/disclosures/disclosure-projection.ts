import type { StoredEvent } from '@app/event-sourcing';
import { foldRows, type ReadModel } from '@app/projections';
import type { DataSource, EntityManager } from 'typeorm';
import { disclosureCodec } from '../disclosure.codec';
import type { Anomaly } from '../domain/anomaly';
import {
  evolve,
  initialState,
  type DisclosureEvent,
  type Edition,
  type HistoryRow,
  type Instant,
  type ItemKey,
  type Person,
  type Registered,
} from '../domain/disclosure';

/** Who wrote the text that an item has. */
type LastEdits = { readonly [itemKey: ItemKey]: { readonly by: Person; readonly at: Instant } };

/** A disclosure as the screens ask for it: its state, and who last wrote what. */
export type DisclosureRow = {
  /** Of the editions only the last keeps its text here; all of them are in `edition_view`. */
  readonly state: Registered;
  readonly lastEdits: LastEdits;
  /** `lastEdits` of the edition published last: what they are again when a revision ends without one. */
  readonly publishedEdits: LastEdits;
  readonly anomalies: readonly Anomaly[];
  /** When the revision came into its present state. */
  readonly since: Instant;
  readonly changedAt: Instant;
  /** The place of the newest event in the stream. */
  readonly version: number;
};

/** An edition for ever: what was published, with everything that is printed in it. */
export type EditionRow = Edition & {
  readonly disclosureId: string;
  readonly service: string;
  readonly serviceName: string;
  readonly title: string;
  readonly issuer: Registered['issuer'];
  readonly revisionHistory: readonly HistoryRow[];
};

export const DISCLOSURES = 'disclosures.v3';

/** Events of the streams that this feature owns; undefined for all others. */
export const disclosureEventOf = (stored: StoredEvent): DisclosureEvent | undefined =>
  stored.stream.startsWith('disclosure-') ? disclosureCodec.decode(stored) : undefined;

export const disclosuresProjection: ReadModel = {
  name: DISCLOSURES,
  rows: [{ table: 'disclosure_view' }, { table: 'edition_view' }],
  apply: async (events, tx) => {
    const editions: EditionRow[] = [];
    const { kept } = await foldRows<DisclosureEvent, DisclosureRow>(
      {
        decode: disclosureEventOf,
        keyOf: ({ stream }) => stream.slice('disclosure-'.length),
        evolve: (before, event, { version }) => {
          const after = evolveRow(before, event, version);
          const newest = after?.state.editions.at(-1);
          if (after && newest && newest.number !== before?.state.editions.at(-1)?.number) {
            editions.push(editionRow(after.state, newest));
          }
          return after;
        },
      },
      events,
      (ids) => tx.query('select id as key, body from disclosure_view where id = any($1)', [ids]),
    );
    if (kept.length > 0) {
      await tx.query(
        `insert into disclosure_view (id, service, body, changed_at)
         select * from unnest($1::text[], $2::text[], $3::jsonb[], $4::timestamptz[])
         on conflict (id) do update set body = excluded.body, changed_at = excluded.changed_at`,
        [
          kept.map(({ key }) => key),
          kept.map(({ body }) => body.state.service),
          kept.map(({ body }) => JSON.stringify(body)),
          kept.map(({ body }) => body.changedAt),
        ],
      );
    }
    if (editions.length > 0) {
      await tx.query(
        `insert into edition_view (disclosure_id, number, service, body)
         select * from unnest($1::text[], $2::int[], $3::text[], $4::jsonb[])
         on conflict (disclosure_id, number) do update set service = excluded.service, body = excluded.body`,
        [
          editions.map(({ disclosureId }) => disclosureId),
          editions.map(({ number }) => number),
          editions.map(({ service }) => service),
          editions.map((edition) => JSON.stringify(edition)),
        ],
      );
    }
  },
};

/** The next row, or null before the disclosure is registered. Pure. */
export const evolveRow = (row: DisclosureRow | null, event: DisclosureEvent, version: number): DisclosureRow | null => {
  const state = evolve(row?.state ?? initialState, event);
  if (state.status !== 'Registered') return null;
  const { at } = event.data;
  const edits = lastEditsAfter(row, event);
  return {
    state: withoutOlderTexts(state),
    lastEdits: edits,
    publishedEdits: event.type === 'EditionPublished' ? edits : (row?.publishedEdits ?? {}),
    anomalies: event.type === 'DisclosureImported' ? event.data.anomalies : (row?.anomalies ?? []),
    since: row && row.state.revision.status === state.revision.status && !movesOn(event) ? row.since : at,
    changedAt: at,
    version,
  };
};

/** Whether it is somebody else's turn, although the revision stays in review. */
const movesOn = ({ type }: DisclosureEvent): boolean => type === 'StepCompleted' || type === 'ReturnedToStep';

const lastEditsAfter = (row: DisclosureRow | null, event: DisclosureEvent): LastEdits => {
  switch (event.type) {
    case 'ItemRevised': {
      const { itemKey, by, at } = event.data;
      return { ...row?.lastEdits, [itemKey]: { by, at } };
    }
    case 'Rejected':
    case 'Withdrawn':
      return row?.publishedEdits ?? {};
    default:
      return row?.lastEdits ?? {};
  }
};

/** Keeps the row small however many editions there are. The rules look at the last edition's text only. */
const withoutOlderTexts = (state: Registered): Registered => ({
  ...state,
  editions: state.editions.map((edition, index) =>
    index === state.editions.length - 1 ? edition : { ...edition, parts: [] },
  ),
});

/** An edition with what stands around its text, as it is shown and printed. */
export const editionRow = (state: Registered, edition: Edition): EditionRow => ({
  ...edition,
  disclosureId: state.id,
  service: state.service,
  serviceName: state.serviceName,
  title: state.title,
  issuer: state.issuer,
  revisionHistory: historyOf(state),
});

/** 改訂履歴: a row per edition, those before the import included, oldest first. */
export const historyOf = ({ olderEditions, editions }: Registered): readonly HistoryRow[] => [
  ...olderEditions,
  ...editions.map(({ number, issuedOn, historyText }) => ({ number, issuedOn, historyText })),
];

export const rowOf = async (db: DataSource | EntityManager, id: string): Promise<DisclosureRow | null> => {
  const [row] = await db.query('select body from disclosure_view where id = $1', [id]);
  return row?.body ?? null;
};

/** Most recently changed first. */
export const rowsOf = async (db: DataSource): Promise<readonly DisclosureRow[]> =>
  (await db.query('select body from disclosure_view order by changed_at desc, id')).map(
    ({ body }: { body: DisclosureRow }) => body,
  );
