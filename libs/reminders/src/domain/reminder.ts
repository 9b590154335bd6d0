import type { LocalDate } from '@app/calendar';
import { assertNever } from '@app/event-sourcing';
import type { Rung } from './ladder';

export type UserId = string;
/** UTC, ISO 8601. */
export type Instant = string;

/** The certificate that falls due, as it was when the reminder was. */
export type About = {
  readonly certificateId: string;
  readonly kind: 'isms' | 'privacyMark' | 'ismap' | 'other';
  readonly name: string;
  readonly number: string;
  /** 審査登録機関 */
  readonly body: string;
  readonly citedBy: readonly {
    readonly disclosureId: string;
    readonly itemKey: string;
    /** The service and the item in words, for the mail. */
    readonly label: string;
  }[];
};

// What can have happened -------------------------------------------------

export type ReminderEvent =
  | {
      readonly type: 'ReminderDue';
      readonly data: Rung & {
        /** The stream that has the deadline, e.g. `certificate-0190…`. */
        readonly subject: string;
        readonly about: About;
        readonly dueOn: LocalDate;
        /** The day on which it was found due: later than `sendOn` when the service was down or the subject unknown. */
        readonly on: LocalDate;
        /** Earlier rungs that this one stands for. */
        readonly collapsed: readonly Rung[];
        readonly recipients: readonly UserId[];
        readonly at: Instant;
      };
    }
  | {
      readonly type: 'ReminderSent';
      readonly data: {
        readonly rungId: string;
        readonly recipient: UserId;
        /** The Message-ID header, with angle brackets. */
        readonly messageId: string;
        readonly smtpAnswer: string;
        readonly at: Instant;
      };
    }
  | {
      /** Given up after the mail's last attempt. */
      readonly type: 'ReminderFailed';
      readonly data: {
        readonly rungId: string;
        readonly recipient: UserId;
        readonly reason: string;
        readonly at: Instant;
      };
    };

// What is true now -------------------------------------------------------

/** The ledger of one subject. */
export type Ledger = {
  readonly reminders: readonly {
    /** The rung itself, and those that collapsed into it: none of them is due again. */
    readonly rungIds: readonly [string, ...string[]];
    readonly recipients: readonly UserId[];
    readonly sent: readonly UserId[];
    readonly failed: readonly UserId[];
  }[];
};

export const initialState: Ledger = { reminders: [] };

export const evolve = (state: Ledger, event: ReminderEvent): Ledger => {
  switch (event.type) {
    case 'ReminderDue': {
      const { rungId, collapsed, recipients } = event.data;
      const rungIds = [rungId, ...collapsed.map((rung) => rung.rungId)] as const;
      return { reminders: [...state.reminders, { rungIds, recipients, sent: [], failed: [] }] };
    }
    case 'ReminderSent':
    case 'ReminderFailed': {
      const { rungId, recipient } = event.data;
      const outcome = event.type === 'ReminderSent' ? 'sent' : 'failed';
      return {
        reminders: state.reminders.map((reminder) =>
          reminder.rungIds[0] === rungId ? { ...reminder, [outcome]: [...reminder[outcome], recipient] } : reminder,
        ),
      };
    }
    default:
      return assertNever(event);
  }
};
