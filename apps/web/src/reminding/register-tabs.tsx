import { useMessages } from '../messages/language';
import { Tabs } from '../shell/tabs';
import { remindingMessages } from './messages';

const places = {
  certificates: '/certificates',
  audits: '/audits',
  deadlines: '/deadlines',
  next: '/reminders',
  ledger: '/reminders/ledger',
} as const;

/** 証明書 | 監査・点検 | 期限の予定 | これから送る通知 | 送付台帳 */
export const RegisterTabs = ({ here }: { readonly here: keyof typeof places }) => {
  const m = useMessages(remindingMessages);
  return (
    <Tabs
      label={m.sections}
      here={places[here]}
      places={(Object.keys(places) as (keyof typeof places)[]).map((name) => ({
        to: places[name],
        name: m.tabs[name],
      }))}
    />
  );
};
