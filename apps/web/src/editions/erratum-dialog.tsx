import { NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api/api';
import type { EditionView } from '../api/types';
import { useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { editionsMessages } from './messages';

const WHOLE = '';

/** 正誤: what is said beside a signed text, of an item or of the edition as a whole. */
export const ErratumDialog = ({
  edition,
  onClose,
}: {
  readonly edition: EditionView;
  readonly onClose: () => void;
}) => {
  const m = useMessages(editionsMessages);
  const [itemKey, setItemKey] = useState(WHOLE);
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.annotateTitle(edition.number)}
      about={m.annotateText}
      now={m.annotateNow}
      done={m.annotatedDone}
      size="lg"
      onClose={onClose}
      command={() => {
        setChecked(true);
        if (text.trim() === '' || reason.trim() === '') return null;
        const about = itemKey === WHOLE ? null : itemKey;
        return api.annotate(edition.disclosureId, edition.number, {
          ...{ itemKey: about, text: text.trim(), reason: reason.trim() },
        });
      }}
    >
      <NativeSelect
        label={m.erratumItem}
        value={itemKey}
        onChange={(event) => setItemKey(event.currentTarget.value)}
        data={[
          { value: WHOLE, label: m.wholeEdition },
          ...edition.parts.flatMap((part) =>
            part.items.map((item) => ({
              value: item.itemKey,
              label: `${part.number}-${item.number} ${item.title}`,
            })),
          ),
        ]}
      />
      <Textarea
        label={m.erratumText}
        description={m.erratumTextHelp}
        error={checked && text.trim() === '' && m.erratumMissing}
        autosize
        minRows={2}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      <Textarea
        label={m.reason}
        description={m.erratumReasonHelp}
        error={checked && reason.trim() === '' && m.reasonMissing}
        autosize
        minRows={2}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </CommandDialog>
  );
};
