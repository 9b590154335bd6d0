import { Radio, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../api/client';
import { useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { Lines, Loaded } from '../shell/page';
import { messages } from './messages';

type ReviewMails = 'each' | 'daily';
type Preference = { readonly reviewMails: ReviewMails };
const PATH = '/api/session/mail-preference';
const choices: readonly ReviewMails[] = ['each', 'daily'];

/** Whether mails about reviews come one by one, or all of a day in one. */
const MailDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const t = useMessages(messages);
  const preference = useQuery({
    queryKey: ['mail-preference'],
    queryFn: ({ signal }) => request<Preference>(PATH, { signal }),
  });
  const [chosen, setChosen] = useState<ReviewMails | null>(null);
  return (
    <CommandDialog
      title={t.mailPreference}
      about={t.mailPreferenceAbout}
      now={t.mailPreferenceNow}
      done={t.mailPreferenceDone}
      onClose={onClose}
      command={() => {
        const reviewMails = chosen ?? preference.data?.reviewMails;
        return reviewMails === undefined ? null : request(PATH, { method: 'PUT', body: { reviewMails } });
      }}
    >
      <Loaded query={preference} skeleton={<Lines count={2} />}>
        {({ reviewMails }) => (
          <Radio.Group
            label={t.mailPreferenceWhen}
            value={chosen ?? reviewMails}
            onChange={(value) => setChosen(value as ReviewMails)}
          >
            <Stack gap="sm" mt="xs">
              {choices.map((choice) => (
                <Radio
                  key={choice}
                  value={choice}
                  label={t.mailPreferences[choice]}
                  description={t.mailPreferenceHelp[choice]}
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
      </Loaded>
    </CommandDialog>
  );
};

export default MailDialog;
