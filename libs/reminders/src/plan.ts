import { compare, localDateOf, type LocalDate } from '@app/calendar';
import { certificateStream, type CertificateRow } from '@app/certificates';
import type { z } from 'zod';
import type { reminderPlan } from './contract';
import { rungsDue, rungsUntil, type Deadline, type Ladder, type Rung } from './domain/ladder';
import { recipientRoles } from './recipients';

export type PlannedReminder = z.infer<typeof reminderPlan>[number];

/** Whether a rung was recorded as due by the end of a day, alone or in another. */
export type WasDue = (rungId: string) => boolean;

/**
 * Every mail from `asOf` to `until`, the first first, if the service runs without a break and no certificate changes:
 * what is due and was not recorded before goes out on `asOf` itself, in one mail per certificate.
 * A day before the registration is planned as if the certificate had been known then.
 */
export const plan = (
  certificates: readonly CertificateRow[],
  ladder: Ladder,
  asOf: LocalDate,
  until: LocalDate,
  wasDue: WasDue = () => false,
): readonly PlannedReminder[] =>
  certificates
    .filter(({ withdrawn }) => withdrawn === null)
    .flatMap((certificate) => {
      const deadline = deadlineOf(certificate, asOf);
      const { id, kind, name, terms } = certificate;
      return rungsToSend(deadline, ladder, asOf, until, wasDue).map(({ rungId, rung, label, sendOn }) => ({
        rungId,
        subject: deadline.subject,
        certificate: { certificateId: id, kind, name, number: terms[0].number },
        dueOn: deadline.dueOn,
        sendOn,
        rung,
        label,
        recipients: [...recipientRoles],
      }));
    })
    .sort((a, b) => compare(a.sendOn, b.sendOn) || compare(a.dueOn, b.dueOn) || compare(a.rungId, b.rungId));

/** The deadline of a certificate, known on `asOf` at the latest. */
const deadlineOf = ({ id, terms }: CertificateRow, asOf: LocalDate): Deadline => {
  const knownOn = localDateOf(terms[0].recordedAt);
  return {
    subject: certificateStream(id),
    dueOn: terms[0].validUntil,
    knownOn: knownOn < asOf ? knownOn : asOf,
  };
};

/** As the sweep finds them: of several rungs that come on one day only the last is sent. */
const rungsToSend = (
  deadline: Deadline,
  ladder: Ladder,
  asOf: LocalDate,
  until: LocalDate,
  wasDue: WasDue,
): readonly Rung[] => {
  const pending = rungsDue(deadline, ladder, asOf)?.latest;
  const later = rungsUntil(deadline, ladder, until).filter(({ sendOn }) => sendOn > asOf);
  return [
    ...(pending && !wasDue(pending.rungId) ? [{ ...pending, sendOn: asOf }] : []),
    ...later.filter(({ sendOn }, index) => later[index + 1]?.sendOn !== sendOn),
  ];
};
