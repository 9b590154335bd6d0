import { localHourOf } from '@app/calendar';
import { isQuiet, type Reminding } from './domain/reminding';

const HOUR = 3_600_000;

/** From when on something of that instant may be mailed: at once, or when the quiet hours are over. */
export const mailableFrom = (reminding: Pick<Reminding, 'quietHours'>, at: Date): Date =>
  isQuiet(reminding, localHourOf(at))
    ? mailableFrom(reminding, new Date((Math.floor(at.getTime() / HOUR) + 1) * HOUR))
    : at;
