import { NativeSelect, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/api';
import { queries } from '../api/queries';
import type { OpenRevision } from '../api/types';
import { useCommon, useMessages } from '../messages/language';
import { usePeople } from '../people/people';
import { useStepWords } from '../routing/step-words';
import { CommandDialog } from '../shell/command-dialog';
import { reviewMessages } from './messages';
import { inOtherSteps, placedSteps } from './steps';

const SEPARATOR = ' ';

/** 担当者の変更: somebody else stands in for a signatory, in one step of this revision, for a reason that is kept. */
export const ReassignDialog = ({
  disclosureId,
  revision,
  onClose,
}: {
  readonly disclosureId: string;
  readonly revision: OpenRevision;
  readonly onClose: () => void;
}) => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const { officesIn } = useStepWords();
  const people = usePeople();
  const { data: session } = useQuery(queries.session());
  const replaceable = placedSteps(revision)
    .filter(({ standing }) => standing !== 'done')
    .flatMap((step) =>
      step.candidates
        // Who may sign only because the step escalated has no place in it that could be given away.
        .filter(({ onBehalfOf, signed, capacity }) => onBehalfOf === null && !signed && capacity !== 'escalated')
        .map((candidate) => ({
          value: [step.index, candidate.userId].join(SEPARATOR),
          label: m.reassignable(candidate.name, step.index + 1, officesIn(step.signatories), t.meanings[step.meaning]),
        })),
    );
  const [from, setFrom] = useState(replaceable[0]?.value ?? '');
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const [step = '', userId = ''] = from.split(SEPARATOR);
  const barred = new Set([
    session?.user.id,
    ...revision.authors.map(({ id }) => id),
    ...(revision.routing?.oneSignsTwoSteps ? [] : inOtherSteps(revision, Number(step))),
    // Who has a place of their own in the step cannot take another one.
    ...(revision.route[Number(step)]?.candidates ?? [])
      .filter(({ onBehalfOf, capacity }) => onBehalfOf === null && capacity !== 'escalated')
      .map((candidate) => candidate.userId),
  ]);
  return (
    <CommandDialog
      title={m.reassignTitle}
      about={m.reassignExplanation}
      now={m.reassignNow}
      done={m.reassignDone}
      onClose={onClose}
      command={() => {
        setChecked(true);
        if (from === '' || to === '' || reason.trim() === '') return null;
        return api.reassign(disclosureId, { step: Number(step), from: userId, to, reason: reason.trim() });
      }}
    >
      <NativeSelect
        label={m.reassignFrom}
        data-autofocus
        data={replaceable}
        error={replaceable.length === 0 && m.reassignNobody}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <NativeSelect
        label={m.reassignTo}
        description={m.reassignToHelp}
        error={checked && to === '' && m.choosePerson}
        data={[
          { value: '', label: m.choosePerson },
          ...people
            .filter(({ id }) => id !== userId && !barred.has(id))
            .map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <Textarea
        label={m.reassignReason}
        description={m.reassignReasonHelp}
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
