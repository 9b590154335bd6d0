import { compare, daysBetween, localDateOf, type LocalDate } from '@app/calendar';
import { assertNever, CLOCK, type Clock } from '@app/event-sourcing';
import { readView, readViews, viewProjection, type ReadModel, type View } from '@app/projections';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { certificateCodec } from './certificate.codec';
import type { certificateList, certificateView } from './contract';
import {
  termOf,
  type CertificateEvent,
  type CertificateKind,
  type Citation,
  type Person,
  type Term,
} from './domain/certificate';

/** A certificate as the register keeps it. Nothing in it depends on the day on which it is read. */
export type CertificateRow = {
  readonly id: string;
  readonly kind: CertificateKind;
  readonly name: string;
  readonly citedBy: readonly Citation[];
  /** The newest first. */
  readonly terms: readonly [RecordedTerm, ...RecordedTerm[]];
  readonly withdrawn: { readonly reason: string; readonly at: string; readonly by: Person } | null;
};
type RecordedTerm = Term & { readonly recordedAt: string; readonly recordedBy: Person };

const NAME = 'certificates.v1';

export const certificatesView: View<CertificateEvent, CertificateRow> = {
  name: NAME,
  decode: (stored) => (stored.stream.startsWith('certificate-') ? certificateCodec.decode(stored) : undefined),
  keyOf: (stored) => stored.stream.slice('certificate-'.length),
  evolve: (row, event) => {
    switch (event.type) {
      case 'CertificateRegistered': {
        const { certificateId, kind, name, citedBy } = event.data;
        return { id: certificateId, kind, name, citedBy, terms: [recorded(event.data)], withdrawn: null };
      }
      case 'CertificateRenewed':
        return row && { ...row, terms: [recorded(event.data), ...row.terms] };
      case 'CertificateWithdrawn': {
        const { reason, at, by } = event.data;
        return row && { ...row, withdrawn: { reason, at, by } };
      }
      default:
        return assertNever(event);
    }
  },
};

const recorded = (data: Term & { readonly at: string; readonly by: Person }): RecordedTerm => ({
  ...termOf(data),
  recordedAt: data.at,
  recordedBy: data.by,
});

export const certificatesProjections: readonly ReadModel[] = [viewProjection(certificatesView)];

/** Every certificate that was ever registered, in no particular order. */
export const allCertificates = (dataSource: DataSource): Promise<readonly CertificateRow[]> =>
  readViews<CertificateRow>(dataSource, NAME);

export type CertificateView = z.infer<typeof certificateView>;

/** The row as the page shows it on a day. */
export const certificateAsOf = (row: CertificateRow, today: LocalDate): CertificateView => {
  const { id, kind, name, citedBy, withdrawn } = row;
  const [{ number, body, issuedOn = null, validFrom, validUntil }] = row.terms;
  const status = withdrawn
    ? 'withdrawn'
    : validUntil < today
      ? 'lapsed'
      : validFrom > today && row.terms.length === 1
        ? 'notYetValid'
        : 'valid';
  return {
    id,
    kind,
    name,
    number,
    body,
    issuedOn,
    validFrom,
    validUntil,
    status,
    withdrawn,
    citedBy: [...citedBy],
    daysLeft: daysBetween(today, validUntil),
    terms: row.terms.map((term) => ({ ...term, issuedOn: term.issuedOn ?? null })),
  };
};

export class ListCertificates extends Query<z.infer<typeof certificateList>> {}

@QueryHandler(ListCertificates)
export class ListCertificatesHandler implements IQueryHandler<ListCertificates> {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(): Promise<z.infer<typeof certificateList>> {
    const today = localDateOf(this.clock());
    const rank = ({ withdrawn }: CertificateView) => (withdrawn ? 1 : 0);
    return {
      certificates: (await allCertificates(this.dataSource))
        .map((row) => certificateAsOf(row, today))
        .sort((a, b) => rank(a) - rank(b) || compare(a.validUntil, b.validUntil) || compare(a.id, b.id)),
    };
  }
}

/** Answers null when there is no such certificate. */
export class ShowCertificate extends Query<CertificateView | null> {
  constructor(readonly certificateId: string) {
    super();
  }
}

@QueryHandler(ShowCertificate)
export class ShowCertificateHandler implements IQueryHandler<ShowCertificate> {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ certificateId }: ShowCertificate): Promise<CertificateView | null> {
    const row = await readView<CertificateRow>(this.dataSource, NAME, certificateId);
    return row ? certificateAsOf(row, localDateOf(this.clock())) : null;
  }
}
