import { inBoth } from '../messages/language';

/** Texts of 記録. */
export const activityMessages = inBoth(
  {
    title: '記録',
    about: '開示書に起きたことを、新しい順に示します。記録はあとから変更も削除もできません。',
    filter: '開示書',
    all: 'すべての開示書',
    none: 'まだ記録がありません。',
  },
  {
    title: 'Activity',
    about: 'What happened to the disclosures, the newest first. Entries cannot be changed or removed.',
    filter: 'Disclosure',
    all: 'All disclosures',
    none: 'Nothing is on record yet.',
  },
);
