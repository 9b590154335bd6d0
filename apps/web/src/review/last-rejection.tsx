import { Text } from '@mantine/core';
import type { DisclosureView } from '../api/types';
import { longDate, useCommon, useLanguage, useMessages } from '../messages/language';
import { TextLink } from '../shell/link';
import { reviewMessages } from './messages';

/** 却下 of the revision before: by whom, when and why, in a line; the rest is in 記録. */
export const LastRejection = ({
  id,
  rejection: { editionNumber, by, at, reason },
}: {
  readonly id: string;
  readonly rejection: NonNullable<DisclosureView['lastRejection']>;
}) => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const language = useLanguage();
  return (
    <Text size="sm" style={{ whiteSpace: 'pre-line' }} role="note">
      {m.rejectedOn(by.name, t.edition(editionNumber), longDate(at, language))}
      {reason}{' '}
      <TextLink to="/activity" search={{ disclosure: id }} inherit>
        {m.toActivity}
      </TextLink>
    </Text>
  );
};
