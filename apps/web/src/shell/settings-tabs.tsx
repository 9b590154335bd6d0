import { useCommon } from '../messages/language';
import { Tabs } from './tabs';

/** 設定: what administrators decide for all. */
export const SettingsTabs = ({
  here,
}: {
  readonly here: '/settings/routes' | '/settings/reminders' | '/settings/jobs';
}) => {
  const t = useCommon();
  return (
    <Tabs
      label={t.nav.settings}
      here={here}
      places={[
        { to: '/settings/routes', name: t.settings.routes },
        { to: '/settings/reminders', name: t.settings.reminders },
        { to: '/settings/jobs', name: t.settings.jobs },
      ]}
    />
  );
};
