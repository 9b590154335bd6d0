import { Radio, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api/api';
import type { PersonView } from '../api/types';
import { useCommon, useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { reviewMessages } from './messages';

/** 後閲, also in somebody's place: on record that one has read what was approved. It holds nothing up, so it asks for no password. */
export const PostReviewDialog = ({
  disclosureId,
  editionNumber,
  step,
  principals,
  onClose,
}: {
  readonly disclosureId: string;
  readonly editionNumber: number;
  readonly step: number;
  /** For whom the reader can do it: null stands for themselves. */
  readonly principals: readonly (PersonView | null)[];
  readonly onClose: () => void;
}) => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const [comment, setComment] = useState('');
  const [as, setAs] = useState(0);
  const said = comment.trim();
  const principal = principals[as] ?? null;
  return (
    <CommandDialog
      title={m.postReviewTitle(t.edition(editionNumber))}
      about={m.postReviewExplanation}
      now={m.postReviewNow}
      done={m.postReviewDone}
      onClose={onClose}
      command={() =>
        api.postReview(disclosureId, editionNumber, {
          step,
          ...(said === '' ? {} : { comment: said }),
          ...(principal === null ? {} : { onBehalfOf: principal.id }),
        })
      }
    >
      {principals.length > 1 ? (
        <Radio.Group label={m.asWhomPostReview} value={String(as)} onChange={(chosen) => setAs(Number(chosen))}>
          <Stack gap="xs" mt="xs">
            {principals.map((person, at) => (
              <Radio
                key={person?.id ?? ''}
                value={String(at)}
                label={person === null ? m.asMyself(m.capacities.named) : m.asDeputyOf(person.name)}
              />
            ))}
          </Stack>
        </Radio.Group>
      ) : (
        principal !== null && <Text size="sm">{m.postReviewFor(principal.name)}</Text>
      )}
      <Textarea
        label={m.optionalComment}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        data-autofocus
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
    </CommandDialog>
  );
};
