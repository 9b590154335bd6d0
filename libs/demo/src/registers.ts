import { decideAudit, type AuditCommand, type Watch } from '@app/audits';
import { PostgresBlobStore, type Evidence } from '@app/blob-store';
import { decideCertificate, type CertificateCommand } from '@app/certificates';
import type { EventMetadata, EventStore, Handled } from '@app/event-sourcing';
import type { DataSource } from 'typeorm';
import { auditsOn } from './audits';
import { certificatesOn } from './certificates';
import type { DemoAudit, LocalDate, PersonKey } from './demo';
import { samplePdf } from './sample-pdf';
import { at } from './timeline';

type Asked<C, Known extends PropertyKey> = C extends unknown ? Omit<C, Known> : never;

/** What lives the registers' history through: where, for which disclosure, and how its people are named. */
export type Keeping = {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly disclosureId: string;
  readonly personOf: (key: PersonKey) => { readonly id: string; readonly name: string };
  readonly surrounding: (key: PersonKey, instant: string) => EventMetadata;
  readonly mustBeAccepted: (what: string, handled: Handled<{ readonly type: string }>) => void;
};

/** The certificates and audits of the company, each thing at its date, with the files that show it. */
export const keepRegisters = async (keeping: Keeping, today: LocalDate): Promise<void> => {
  await keepCertificates(keeping, today);
  for (const audit of auditsOn(today)) await keepAudit(keeping, audit);
};

const keeper: PersonKey = 'ogawa';

const keepCertificates = async (keeping: Keeping, today: LocalDate): Promise<void> => {
  const { store, disclosureId, personOf, surrounding, mustBeAccepted } = keeping;
  for (const { kind, name, citedBy, responsible, surveillance, fileName, title, ...term } of certificatesOn(today)) {
    const certificateId = `demo-${kind}`;
    const decide = async (
      date: LocalDate,
      time: string,
      asked: Asked<CertificateCommand, 'certificateId' | 'by' | 'at'>,
    ) => {
      const when = at(date, time);
      const command = { ...asked, certificateId, by: personOf(keeper), at: when };
      mustBeAccepted(name, await decideCertificate(store, command, surrounding(keeper, when)));
    };
    await decide(term.validFrom, '09:00', {
      ...{ type: 'RegisterCertificate', kind, kinds: [kind], name, responsible, term },
      citedBy: citedBy.map((itemKey) => ({ disclosureId, itemKey })),
    });
    const evidence = await evidenceOf(keeping, fileName, title);
    await decide(term.validFrom, '09:10', { type: 'AttachEvidence', evidence });
    if (!surveillance) continue;
    await decide(surveillance.plannedOn, '10:00', {
      type: 'PlanSurveillance',
      audit: 'surveillance',
      dueOn: surveillance.dueOn,
    });
    await decide(surveillance.passedOn, '17:00', {
      type: 'PassSurveillance',
      audit: 'surveillance',
      on: surveillance.passedOn,
    });
  }
};

const keepAudit = async (keeping: Keeping, audit: DemoAudit): Promise<void> => {
  const { store, disclosureId, personOf, surrounding, mustBeAccepted } = keeping;
  const { auditId, kind, name, lead, responsible, recurrence, plannedOn, dueOn, citedBy, performance } = audit;
  const decide = async (date: LocalDate, time: string, asked: Asked<AuditCommand, 'auditId' | 'by' | 'at'>) => {
    const when = at(date, time);
    const command = { ...asked, auditId, by: personOf(keeper), at: when };
    mustBeAccepted(name, await decideAudit(store, command, surrounding(keeper, when)));
  };
  const watches: readonly Watch[] =
    kind === 'vulnerabilityScan' ? [{ disclosureId, itemKeys: ['I-9', 'II-3', 'II-8'], edition: WATCHED_FROM }] : [];
  await decide(plannedOn, '10:00', {
    ...{ type: 'PlanAudit', kind, name, lead, responsible, recurrence, dueOn, watches },
    citedBy: citedBy.map((itemKey) => ({ disclosureId, itemKey })),
  });
  const { performedOn, result, note, fileName, title, followUp } = performance;
  const evidence = await evidenceOf(keeping, fileName, title);
  await decide(performedOn, '16:00', { type: 'AttachEvidence', evidence });
  await decide(performedOn, '16:10', {
    ...{ type: 'PerformAudit', performedOn, result, note, evidence: [evidence.sha256] },
    followUps: followUp ? [{ id: followUp.id, text: followUp.text, dueOn: followUp.dueOn, responsible }] : [],
  });
  if (!followUp) return;
  const { id: followUpId, closedOn, note: how } = followUp;
  await decide(closedOn, '11:00', { type: 'CloseFollowUp', followUpId, on: closedOn, note: how });
};

/** The sixth edition was in force when the scan was planned. */
const WATCHED_FROM = 6;

const evidenceOf = async ({ dataSource }: Keeping, name: string, title: string): Promise<Evidence> => {
  const mediaType = 'application/pdf';
  return { name, mediaType, ...(await new PostgresBlobStore(dataSource).put(samplePdf(title), mediaType)) };
};
