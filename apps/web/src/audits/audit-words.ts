import { useMessages } from '../messages/language';
import type { Recurrence } from './audits-api';
import { auditsMessages } from './messages';
import { plainPeriod } from './recurrence';

/** 「毎年（前回の実施から）」; a rule that says more than a period stands as it is. */
export const useRecurrenceWords = (): ((recurrence: Recurrence | null) => string) => {
  const m = useMessages(auditsMessages);
  return (recurrence) => {
    if (recurrence === null) return m.once;
    const period = plainPeriod(recurrence.rule);
    const every = period ? m.every(period.every, m.everyUnit[period.unit]) : recurrence.rule;
    const from = m.anchorsShort[recurrence.anchor];
    return from === '' ? every : `${every}（${from}）`;
  };
};
