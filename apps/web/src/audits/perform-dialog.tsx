import { Button, Checkbox, FileInput, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { attachEvidence } from '../certificates/evidence';
import { today } from '../editions/edition-state';
import { useMessages } from '../messages/language';
import { keyOfResponsible, ResponsibleField, responsibleOf } from '../reminding/responsible-field';
import { CommandDialog } from '../shell/command-dialog';
import { DateField } from '../shell/date-field';
import { auditPath, auditResults, auditsApi, type AuditResult, type AuditView } from './audits-api';
import classes from './audits.module.css';
import { auditsMessages } from './messages';

type FollowUpDraft = {
  readonly id: number;
  readonly text: string;
  readonly dueOn: string;
  readonly responsible: string | null;
};

/** 実施: when, with what result, what it is based on, and what has to be done about it. */
export const PerformDialog = ({ audit, onClose }: { readonly audit: AuditView; readonly onClose: () => void }) => {
  const m = useMessages(auditsMessages);
  const [on, setOn] = useState(today());
  const [result, setResult] = useState<AuditResult>('passed');
  const [note, setNote] = useState('');
  const [evidence, setEvidence] = useState<readonly string[]>([]);
  const [files, setFiles] = useState<File[]>([]);
  const [followUps, setFollowUps] = useState<readonly FollowUpDraft[]>([]);
  const [checked, setChecked] = useState(false);
  const offered = audit.evidence.filter(({ sha256 }) => !audit.reliedOn.includes(sha256));
  const change = (id: number, part: Partial<FollowUpDraft>): void =>
    setFollowUps(followUps.map((each) => (each.id === id ? { ...each, ...part } : each)));
  const missing =
    on === '' ||
    (result !== 'passed' && note.trim() === '') ||
    followUps.some(({ text, dueOn }) => text.trim() === '' || dueOn === '');

  const perform = async (): Promise<void> => {
    const attached = await attachAll(audit, files);
    setFiles([]); // they are attached now, whatever becomes of the rest
    setEvidence([...new Set([...evidence, ...attached])]);
    await auditsApi.perform(audit.id, {
      performedOn: on,
      result,
      note: note.trim(),
      evidence: [...new Set([...evidence, ...attached])],
      followUps: followUps.map(({ text, dueOn, responsible }) => {
        const named = responsibleOf(responsible);
        return { text: text.trim(), dueOn, ...(named && { responsible: named }) };
      }),
    });
  };

  return (
    <CommandDialog
      title={m.performTitle}
      now={m.performNow}
      done={m.performedDone}
      size="lg"
      onClose={onClose}
      command={() => {
        setChecked(true);
        return missing ? null : perform();
      }}
    >
      <DateField
        label={m.performedOn}
        autoFocus
        value={on}
        error={checked && on === '' && m.required}
        onChange={setOn}
      />
      <Radio.Group label={m.result} value={result} onChange={(value) => setResult(value as AuditResult)}>
        <Stack gap="xs">
          {auditResults.map((each) => (
            <Radio key={each} value={each} label={m.results[each]} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={result === 'passed' ? m.note : m.noteRequired}
        autosize
        minRows={3}
        maxLength={5000}
        value={note}
        error={checked && result !== 'passed' && note.trim() === '' && m.required}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {offered.length > 0 && (
        <Checkbox.Group label={m.evidenceChoose} value={[...evidence]} onChange={setEvidence}>
          <Stack gap="xs">
            {offered.map(({ sha256, name }) => (
              <Checkbox key={sha256} value={sha256} label={name} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      <FileInput
        label={m.evidenceNew}
        placeholder={m.evidencePlaceholder}
        multiple
        clearable
        value={files}
        onChange={setFiles}
      />
      <fieldset className={classes.group}>
        <legend>{m.followUps}</legend>
        <p className={classes.quiet}>{m.followUpsHelp}</p>
        {followUps.map((each, index) => (
          <div key={each.id} className={classes.followUp}>
            <TextInput
              label={m.followUpText}
              maxLength={2000}
              value={each.text}
              error={checked && each.text.trim() === '' && m.required}
              onChange={(event) => change(each.id, { text: event.currentTarget.value })}
            />
            <DateField
              label={m.followUpDue}
              value={each.dueOn}
              error={checked && each.dueOn === '' && m.required}
              onChange={(dueOn) => change(each.id, { dueOn })}
            />
            <ResponsibleField value={each.responsible} onChange={(responsible) => change(each.id, { responsible })} />
            <Button
              variant="subtle"
              color="seal"
              size="compact-sm"
              aria-label={m.removeFollowUpOf(index + 1)}
              onClick={() => setFollowUps(followUps.filter(({ id }) => id !== each.id))}
            >
              {m.removeFollowUp}
            </Button>
          </div>
        ))}
        <Button
          variant="default"
          size="compact-sm"
          className={classes.start}
          onClick={() =>
            setFollowUps([
              ...followUps,
              {
                id: Math.max(-1, ...followUps.map(({ id }) => id)) + 1,
                text: '',
                dueOn: '',
                responsible: keyOfResponsible(audit.responsible),
              },
            ])
          }
        >
          {m.addFollowUp}
        </Button>
      </fieldset>
    </CommandDialog>
  );
};

/** @returns the hashes under which the files are attached then; one that was there before counts as well */
const attachAll = async (audit: AuditView, files: readonly File[]): Promise<readonly string[]> => {
  if (files.length === 0) return [];
  for (const file of files) await attachEvidence(`${auditPath(audit.id)}/evidence`, file);
  const before = new Set(audit.evidence.map(({ sha256 }) => sha256));
  const { evidence } = await auditsApi.show(audit.id);
  return evidence
    .filter(
      ({ sha256, name, byteSize }) =>
        !before.has(sha256) || files.some((file) => file.name === name && file.size === byteSize),
    )
    .map(({ sha256 }) => sha256);
};
