import { inJapanese, localDateOf, localHourOf } from '@app/calendar';
import type { Instant } from './signature';

/** 「2030年2月1日 9時05分」 where the company is, whose clock is a whole number of hours ahead of UTC. */
export const timeInJapanese = (at: Instant): string =>
  `${inJapanese(localDateOf(at))} ${localHourOf(at)}時${at.slice(14, 16)}分`;
