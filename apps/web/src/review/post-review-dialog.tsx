import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api/api';
import { useCommon, useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { reviewMessages } from './messages';

/** 後閲: on record that one has read what was approved. It holds nothing up, so it asks for no password. */
export const PostReviewDialog = ({
  disclosureId,
  editionNumber,
  step,
  onClose,
}: {
  readonly disclosureId: string;
  readonly editionNumber: number;
  readonly step: number;
  readonly onClose: () => void;
}) => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const [comment, setComment] = useState('');
  const said = comment.trim();
  return (
    <CommandDialog
      title={m.postReviewTitle(t.edition(editionNumber))}
      about={m.postReviewExplanation}
      now={m.postReviewNow}
      done={m.postReviewDone}
      onClose={onClose}
      command={() => api.postReview(disclosureId, editionNumber, step, said === '' ? undefined : said)}
    >
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
