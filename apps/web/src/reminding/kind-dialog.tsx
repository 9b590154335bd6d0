import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { remindingMessages } from './messages';
import { remindingApi, type CertificateKindView, type LadderView } from './reminding-api';
import classes from './reminding.module.css';

/** A kind of certificate: a new one, or another name or ladder for one that is there. */
export const KindDialog = ({
  kind,
  ladders,
  onClose,
}: {
  readonly kind: CertificateKindView | null;
  readonly ladders: readonly LadderView[];
  readonly onClose: () => void;
}) => {
  const m = useMessages(remindingMessages);
  const [name, setName] = useState(kind?.name ?? '');
  const [ladder, setLadder] = useState(kind?.ladder ?? 'other');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={kind === null ? m.addKindTitle : m.editKindTitle(kind.name)}
      now={kind === null ? m.addKindNow : m.saveNow}
      done={kind === null ? m.kindAdded : m.kindSaved}
      onClose={onClose}
      command={() => {
        setChecked(true);
        return name.trim() === '' ? null : remindingApi.addKind(kind?.kind ?? newKey(), name.trim(), ladder);
      }}
    >
      <div className={classes.row}>
        <TextInput
          label={m.kindName}
          maxLength={200}
          data-autofocus
          value={name}
          error={checked && name.trim() === '' && m.required}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={m.kindLadder}
          value={ladder}
          data={ladders.map(({ key, name: label }) => ({ value: key, label }))}
          onChange={(event) => setLadder(event.currentTarget.value)}
        />
      </div>
    </CommandDialog>
  );
};

/** Nobody sees it: names are what people know kinds by. */
const newKey = (): string => `kind-${crypto.randomUUID().slice(0, 13)}`;
