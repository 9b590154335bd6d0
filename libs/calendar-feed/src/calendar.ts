import { addDays, type LocalDate } from '@app/calendar';
import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';

/** A day in the calendar: something falls due on it. */
export type CalendarEntry = {
  /** Stays the same when the day is moved, so that calendars move the entry instead of adding one. */
  readonly id: string;
  readonly dueOn: LocalDate;
  /** The day from which this due date was known. */
  readonly knownOn: LocalDate;
  readonly title: string;
  /** Several lines; empty when there is nothing to add. */
  readonly description: string;
  /** Where it is shown, from the root. */
  readonly path: string;
};

/** How often programs are asked to look again: deadlines are days, not minutes. */
const REFRESH_SECONDS = 6 * 3600;

/**
 * The entries as an iCalendar object (RFC 5545). The same entries make the same text, so that its hash says whether anything
 * has changed: hence no time of writing in it, and the entries in the order of their days.
 */
export const calendarOf = ({
  name,
  entries,
  publicUrl,
}: {
  readonly name: string;
  readonly entries: readonly CalendarEntry[];
  readonly publicUrl: string;
}): string => {
  const calendar = ical({
    name,
    prodId: { company: 'Kaijisho', product: 'Kaijisho', language: 'JA' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
  });
  const host = new URL(publicUrl).host;
  for (const { id, dueOn, knownOn, title, description, path } of entries.toSorted(byDay)) {
    const url = `${publicUrl}${path}`;
    calendar.createEvent({
      id: `${id}@${host}`,
      stamp: midnight(knownOn),
      start: midnight(dueOn),
      end: midnight(addDays(dueOn, 1)),
      allDay: true,
      summary: title,
      description: [description, url].filter((text) => text !== '').join('\n'),
      url,
      transparency: ICalEventTransparency.TRANSPARENT, // a deadline does not make anybody busy
    });
  }
  return calendar.toString();
};

const byDay = (a: CalendarEntry, b: CalendarEntry): number =>
  a.dueOn === b.dueOn ? (a.id < b.id ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1;

/** Days have no time zone; the library takes the day from the UTC of an instant. */
const midnight = (day: LocalDate): Date => new Date(`${day}T00:00:00Z`);
