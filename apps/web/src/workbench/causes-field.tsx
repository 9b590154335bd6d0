import { Checkbox, Stack, TextInput } from '@mantine/core';
import type { RevisionCause } from '../api/types';
import { useCommon, useMessages } from '../messages/language';
import { messages } from './messages';

const types: readonly RevisionCause['type'][] = [
  'reorganisation',
  'guidelineRevision',
  'configurationChange',
  'certificateRenewal',
  'trackRecordUpdate',
  'correction',
  'other',
];

/** What is wrong with the chosen causes, as a key of the messages; null when they can be sent. */
export const causesProblem = (causes: readonly RevisionCause[]): 'causeMissing' | 'otherNeedsNote' | null => {
  if (causes.length === 0) return 'causeMissing';
  return causes.some(({ type, note }) => type === 'other' && !note?.trim()) ? 'otherNeedsNote' : null;
};

/** Without blank notes. */
export const tidyCauses = (causes: readonly RevisionCause[]): RevisionCause[] =>
  causes.map(({ type, note }) => (note?.trim() ? { type, note: note.trim() } : { type }));

/** 改訂理由: typed, as many as apply, each with a word about it. */
export const CausesField = ({
  value,
  onChange,
  showProblem,
}: {
  readonly value: readonly RevisionCause[];
  readonly onChange: (causes: readonly RevisionCause[]) => void;
  readonly showProblem: boolean;
}) => {
  const t = useMessages(messages);
  const common = useCommon();
  const problem = causesProblem(value);
  return (
    <Checkbox.Group
      label={t.causes}
      description={t.causesHelp}
      error={showProblem && problem !== null ? t[problem] : undefined}
      value={value.map(({ type }) => type)}
      onChange={(chosen) =>
        onChange(
          types
            .filter((type) => chosen.includes(type))
            .map((type) => value.find((cause) => cause.type === type) ?? { type }),
        )
      }
    >
      <Stack gap={8} my="xs">
        {types.map((type) => {
          const cause = value.find((each) => each.type === type);
          return (
            <div key={type}>
              <Checkbox value={type} label={common.causes[type]} />
              {cause && (
                <TextInput
                  mt={4}
                  ms={32}
                  size="sm"
                  aria-label={t.causeNote(common.causes[type])}
                  placeholder={type === 'reorganisation' ? t.causeNoteHelp : t.causeNote(common.causes[type])}
                  maxLength={500}
                  value={cause.note ?? ''}
                  onChange={(event) => {
                    const note = event.currentTarget.value;
                    onChange(value.map((each) => (each.type === type ? { type, note } : each)));
                  }}
                />
              )}
            </div>
          );
        })}
      </Stack>
    </Checkbox.Group>
  );
};
