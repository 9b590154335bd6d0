import type { LocalDate, Matter } from '@app/calendar';
import { assertNever } from '@app/event-sourcing';
import { isOverdueRung, type Rung } from '@app/reminding/domain/ladder';

export type UserId = string;
/** UTC, ISO 8601. */
export type Instant = string;
export type Person = { readonly id: UserId; readonly name: string };

/** What falls due, in words, as it was when the reminder was. */
export type About = {
  /** 「ISMS認証」 */
  readonly title: string;
  /** 「登録番号 …、審査・登録機関 …」; may be empty. */
  readonly detail: string;
  /** Where it is shown, from the root. */
  readonly path: string;
  readonly citedBy: readonly {
    readonly disclosureId: string;
    readonly itemKey: string;
    /** The service and the item in words, for the mail. */
    readonly label: string;
  }[];
};

/** Why somebody else hears of a reminder. */
export const escalationCauses = ['unacknowledged', 'undeliverable'] as const;
export type EscalationCause = (typeof escalationCauses)[number];

/** Which mail of a reminder. */
export type Addressed = {
  readonly rungId: string;
  readonly recipient: UserId;
  /** Somebody who had a mail of the reminder already hears in another that it does not reach this person; absent: the first one. */
  readonly of?: UserId | undefined;
};

// What can have happened -------------------------------------------------

export type ReminderEvent =
  | {
      readonly type: 'ReminderDue';
      readonly data: Rung & {
        /** The stream that has the deadline, e.g. `certificate-0190…`. */
        readonly subject: string;
        /** Absent: that for which the subject is in its register (renewal, audit). */
        readonly matter?: Matter | undefined;
        readonly part?: { readonly id: string; readonly text: string } | undefined;
        readonly about: About;
        readonly dueOn: LocalDate;
        /** The day on which it was found due: later than `sendOn` when the service was down or the subject unknown. */
        readonly on: LocalDate;
        /** Earlier rungs that this one stands for. */
        readonly collapsed: readonly Rung[];
        readonly recipients: readonly UserId[];
        /** It should have gone out before, and the deadline was known then: the service was down. Absent: no. */
        readonly missed?: boolean | undefined;
        readonly at: Instant;
      };
    }
  | {
      readonly type: 'ReminderSent';
      readonly data: Addressed & {
        /** The Message-ID header, with angle brackets. */
        readonly messageId: string;
        readonly smtpAnswer: string;
        readonly at: Instant;
      };
    }
  | {
      /** A mail server would not take it, or it came back after it had been sent: it will be tried again. */
      readonly type: 'ReminderRefused';
      readonly data: Addressed & {
        readonly reason: string;
        /** How often by now. */
        readonly refusals: number;
        readonly at: Instant;
      };
    }
  | {
      /** Given up after the mail's last attempt. */
      readonly type: 'ReminderFailed';
      readonly data: Addressed & {
        readonly reason: string;
        readonly at: Instant;
      };
    }
  | {
      /** In no mail: before the digest for which it was kept what it is of was renewed, met, moved or withdrawn. */
      readonly type: 'ReminderUnneeded';
      readonly data: Addressed & { readonly at: Instant };
    }
  | {
      /** Others are told; nobody, when there is nobody who has not been told yet. */
      readonly type: 'ReminderEscalated';
      readonly data: {
        readonly rungId: string;
        readonly cause: EscalationCause;
        /** Whom the mail server would not take it for; with `undeliverable` alone. */
        readonly of?: UserId | undefined;
        readonly recipients: readonly UserId[];
        /** Who has had a mail of this reminder before, and hears in another whom it does not reach; absent: nobody. */
        readonly again?: readonly UserId[] | undefined;
        readonly on: LocalDate;
        readonly at: Instant;
      };
    }
  | {
      /** Somebody sees to it: it does not escalate, and is not mailed as overdue again before that day. */
      readonly type: 'ReminderAcknowledged';
      readonly data: {
        readonly rungId: string;
        readonly until: LocalDate;
        readonly by: Person;
        readonly at: Instant;
      };
    }
  | {
      /** Of the whole subject: what comes before that day goes out once, on it. The day itself: mails go on at once. */
      readonly type: 'ReminderSnoozed';
      readonly data: {
        readonly subject: string;
        readonly until: LocalDate;
        /** Absent: none was given. */
        readonly reason?: string | undefined;
        readonly by: Person;
        readonly at: Instant;
      };
    };

// What is true now -------------------------------------------------------

/** A reminder that was due, and what became of it. */
export type Reminded = {
  /** The rung itself, and those that collapsed into it: none of them is due again. */
  readonly rungIds: readonly [string, ...string[]];
  readonly rung: string;
  /** Which due date of the subject it is of. */
  readonly deadline: DeadlineKey;
  /** The day on which it was due: every rung that had come by then is said. */
  readonly on: LocalDate;
  readonly recipients: readonly UserId[];
  /** Mails, by `mailKey`; so are those that follow. */
  readonly sent: readonly string[];
  readonly failed: readonly string[];
  /** How often it was refused or came back; absent: never. */
  readonly refusals?: { readonly [mail: string]: number };
  readonly unneeded: readonly string[];
  /** Second mails, which say whom the reminder does not reach; absent: none. */
  readonly again?: readonly string[];
  /** Who has the reminder because it does not reach somebody else; absent: nobody. */
  readonly informed?: readonly UserId[];
  /** `unacknowledged`, `undeliverable:user-3` … */
  readonly escalations: readonly string[];
  /** Acknowledged until that day; null: not. */
  readonly acknowledged: LocalDate | null;
};

/** The ledger of one subject, the oldest first. */
export type Ledger = { readonly reminders: readonly Reminded[]; readonly snoozedUntil: LocalDate | null };

/** One due date of a subject: rungs are sent once for each. */
export type DeadlineKey = string;
export const deadlineKey = ({
  dueOn,
  matter,
  part,
}: {
  readonly dueOn: LocalDate;
  readonly matter?: Matter | undefined;
  readonly part?: { readonly id: string } | undefined;
}): DeadlineKey =>
  [dueOn, ...(matter === undefined || isMain(matter) ? [] : [matter]), ...(part === undefined ? [] : [part.id])].join(
    ':',
  );

/** For what a subject is in its register: its rungs' names say nothing more, and its events leave it out. */
export const mainMatterOf = (subject: string): Matter => (subject.startsWith('audit-') ? 'audit' : 'renewal');

export const isMain = (matter: Matter): boolean => matter === 'renewal' || matter === 'audit';

export const initialState: Ledger = { reminders: [], snoozedUntil: null };

export const evolve = (state: Ledger, event: ReminderEvent): Ledger => {
  switch (event.type) {
    case 'ReminderDue': {
      const { rungId, rung, collapsed, recipients, on } = event.data;
      const reminded: Reminded = {
        rungIds: [rungId, ...collapsed.map((each) => each.rungId)],
        ...{ rung, on, recipients, deadline: deadlineKey(event.data) },
        ...{ sent: [], failed: [], unneeded: [], escalations: [], acknowledged: null },
      };
      return { ...state, reminders: [...state.reminders, reminded] };
    }
    case 'ReminderSent':
      return changed(state, event.data, ({ sent }) => ({ sent: [...sent, mailKey(event.data)] }));
    case 'ReminderRefused': {
      const { refusals } = event.data;
      const mail = mailKey(event.data);
      return changed(state, event.data, (reminded) => ({
        sent: reminded.sent.filter((key) => key !== mail),
        refusals: { ...reminded.refusals, [mail]: refusals },
      }));
    }
    case 'ReminderFailed': {
      const mail = mailKey(event.data);
      return changed(state, event.data, ({ sent, failed }) => ({
        sent: sent.filter((key) => key !== mail),
        failed: [...failed, mail],
      }));
    }
    case 'ReminderUnneeded':
      return changed(state, event.data, ({ unneeded }) => ({ unneeded: [...unneeded, mailKey(event.data)] }));
    case 'ReminderEscalated': {
      const { rungId, cause, of, recipients: others, again: hadIt = [] } = event.data;
      return changed(state, event.data, ({ recipients, escalations, again = [], informed = [] }) => ({
        recipients: [...recipients, ...others],
        escalations: [...escalations, escalationKey(event.data)],
        again: [...again, ...hadIt.map((recipient) => mailKey({ rungId, recipient, of }))],
        informed: cause === 'undeliverable' ? [...informed, ...others] : informed,
      }));
    }
    case 'ReminderAcknowledged':
      return changed(state, event.data, () => ({ acknowledged: event.data.until }));
    case 'ReminderSnoozed':
      return { ...state, snoozedUntil: event.data.until };
    default:
      return assertNever(event);
  }
};

const changed = (
  state: Ledger,
  { rungId }: { readonly rungId: string },
  change: (reminded: Reminded) => Partial<Reminded>,
): Ledger => ({
  ...state,
  reminders: state.reminders.map((each) => (each.rungIds[0] === rungId ? { ...each, ...change(each) } : each)),
});

/** Of one reminder: the id of the recipient, and of a second mail also whom the reminder does not reach. */
export const mailKey = ({ recipient, of }: Addressed): string =>
  of === undefined ? recipient : `${recipient} ${escalationKey({ cause: 'undeliverable', of })}`;

/** A reminder escalates once for want of an acknowledgement, and once for each person it cannot be delivered to. */
export const escalationKey = ({
  cause,
  of,
}: {
  readonly cause: EscalationCause;
  readonly of?: UserId | undefined;
}): string => (of === undefined ? cause : `${cause}:${of}`);

// Questions about the state ----------------------------------------------

/** The reminders of one due date, the oldest first. */
export const remindedOf = ({ reminders }: Ledger, key: DeadlineKey): readonly Reminded[] =>
  reminders.filter(({ deadline }) => deadline === key);

/** The first day on which what is overdue may be mailed again; null: no day is too early. */
export const quietUntil = (reminded: readonly Reminded[]): LocalDate | null =>
  reminded.reduce<LocalDate | null>(
    (latest, { acknowledged }) =>
      acknowledged !== null && (latest === null || acknowledged > latest) ? acknowledged : latest,
    null,
  );

/** Whether a rung has been said, alone, in another, or by being acknowledged. */
export const isSaid = (rung: Rung, reminded: readonly Reminded[]): boolean => {
  const quiet = quietUntil(reminded);
  return (
    reminded.some(({ on, rungIds }) => rung.sendOn <= on || rungIds.includes(rung.rungId)) ||
    (quiet !== null && isOverdueRung(rung.rung) && rung.sendOn < quiet)
  );
};
