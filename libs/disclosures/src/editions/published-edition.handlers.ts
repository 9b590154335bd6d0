import { localDateOf } from '@app/calendar';
import { CLOCK, type Clock } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { EditionRow } from '../disclosures/disclosure-projection';
import { editionSummaryOf, numberInForce, numberShown } from '../disclosures/get-disclosure';
import { PublishedEdition, PublishedServices, type EditionsOfService, type EditionView } from '../published-edition';

@QueryHandler(PublishedEdition)
export class PublishedEditionHandler implements IQueryHandler<PublishedEdition> {
  constructor(
    private readonly db: DataSource,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async execute({ of, number }: PublishedEdition): Promise<EditionView | null> {
    const [column, value] = 'service' in of ? ['service', of.service] : ['disclosure_id', of.disclosureId];
    const dates: { number: number; effectiveOn: string }[] = await this.db.query(
      `select number, body->>'effectiveOn' as "effectiveOn" from edition_view where ${column} = $1 order by number`,
      [value],
    );
    const today = localDateOf(this.now().toISOString());
    const inForce = numberInForce(dates, today);
    const wanted = number === 'inForce' ? numberShown(dates, today) : number;
    if (wanted === undefined) return null;
    // 後閲 and 正誤 come after the publication; all else of an edition is as it was.
    const [row]: (Pick<EditionRow, 'postReviews'> & { body: EditionRow; errata: EditionView['errata'] })[] =
      await this.db.query(
        `select edition.body, coalesce(now->'postReviews', edition.body->'postReviews') as "postReviews",
              coalesce(now->'errata', '[]') as errata
         from edition_view edition
         left join disclosure_view disclosure on disclosure.id = edition.disclosure_id
         left join lateral jsonb_array_elements(disclosure.body->'state'->'editions') now
                on (now->>'number')::int = edition.number
        where edition.${column} = $1 and edition.number = $2`,
        [value, wanted],
      );
    return row ? editionViewOf({ ...row.body, postReviews: row.postReviews, errata: row.errata }, inForce) : null;
  }
}

export const editionViewOf = (row: EditionRow, inForce: number | undefined): EditionView => ({
  ...editionSummaryOf(row, inForce),
  disclosureId: row.disclosureId,
  service: row.service,
  serviceName: row.serviceName,
  title: row.title,
  issuer: row.issuer,
  parts: row.parts.map((part) => ({
    ...part,
    items: part.items.map((item) => ({ ...item, body: { type: 'doc', content: [...item.body.content] } })),
  })),
  revisionHistory: [...row.revisionHistory],
  signatures: [...row.signatures],
  postReviews: [...row.postReviews],
  waivers: [...row.waivers],
});

@QueryHandler(PublishedServices)
export class PublishedServicesHandler implements IQueryHandler<PublishedServices> {
  constructor(
    private readonly db: DataSource,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async execute({ service }: PublishedServices): Promise<readonly EditionsOfService[]> {
    const rows: Row[] = await this.db.query(
      `select service, number, body->>'serviceName' as "serviceName", body->>'title' as title, body->'issuer'->>'name' as issuer,
              body->>'issuedOn' as "issuedOn", body->>'effectiveOn' as "effectiveOn",
              body->>'historyText' as "historyText"
         from edition_view where $1::text is null or service = $1 order by service, number`,
      [service ?? null],
    );
    const since: Since[] = await this.db.query(
      `select service, body->'state'->'retired' as retired,
              (select jsonb_object_agg(edition->>'number', edition->'errata')
                 from jsonb_array_elements(body->'state'->'editions') edition where edition ? 'errata') as errata
         from disclosure_view where $1::text is null or service = $1`,
      [service ?? null],
    );
    const today = localDateOf(this.now().toISOString());
    return [...new Set(rows.map((row) => row.service))].map((name) => {
      const own = rows.filter((row) => row.service === name);
      const inForce = numberInForce(own, today);
      const newest = own.at(-1) as Row;
      const { retired = null, errata = null } = since.find((each) => each.service === name) ?? {};
      return {
        service: name,
        serviceName: newest.serviceName,
        title: newest.title,
        issuer: newest.issuer,
        retired: retired && { on: retired.on, reason: retired.reason, at: retired.at, ended: retired.on < today },
        editions: own
          .map(({ number, issuedOn, effectiveOn, historyText }) => ({
            ...{ number, issuedOn, effectiveOn, historyText },
            inForce: number === inForce,
            errata: errata?.[number] ?? [],
          }))
          .reverse(),
      };
    });
  }
}

type Row = Omit<EditionsOfService['editions'][number], 'errata'> &
  Pick<EditionsOfService, 'service' | 'serviceName' | 'title' | 'issuer'>;
/** What has been said since of a service and of its editions. */
type Since = Pick<EditionsOfService, 'service' | 'retired'> & {
  readonly errata: { readonly [number: number]: EditionView['errata'] } | null;
};
