import { Button, Checkbox, NativeSelect, NumberInput, Radio, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { aboutDays } from './ladder-words';
import {
  draftOf,
  isWhole,
  ladderOf,
  stepDraft,
  type EscalationDraft,
  type LadderDraft,
  type StepDraft,
} from './ladder-draft';
import { remindingMessages } from './messages';
import { RecipientsField } from './recipients-field';
import { remindingApi, type Ladder, type LadderView } from './reminding-api';
import classes from './reminding.module.css';

const sorted = ({ name, ladder }: LadderView): LadderDraft =>
  draftOf(name, { ...ladder, before: ladder.before.toSorted((a, b) => aboutDays(b) - aboutDays(a)) });

/** 通知の段階: when and whom to remind of one kind of deadline. */
export const LadderDialog = ({ view, onClose }: LadderDialogProps) => {
  const m = useMessages(remindingMessages);
  return (
    <LadderForm
      view={view}
      title={m.ladderTitle(view.name)}
      now={m.saveLadder}
      done={m.ladderSaved}
      onClose={onClose}
    />
  );
};

type LadderDialogProps = { readonly view: LadderView; readonly onClose: () => void };

/** 通知の段階の追加: one of the company's own, which begins as a copy of another. */
export const NewLadderDialog = ({
  ladders,
  onClose,
}: {
  readonly ladders: readonly LadderView[];
  readonly onClose: () => void;
}) => {
  const m = useMessages(remindingMessages);
  const [key] = useState(newKey);
  const [copied, setCopied] = useState('other');
  const ladderOfKey = (wanted: string): Ladder | undefined => ladders.find((each) => each.key === wanted)?.ladder;
  const ladder = ladderOfKey(copied);
  if (ladder === undefined) return null;
  return (
    <LadderForm
      view={{ key, name: '', ladder, readyMade: null }}
      title={m.addLadderTitle}
      now={m.addLadderNow}
      done={m.ladderAdded}
      onClose={onClose}
    >
      {(begin) => (
        <NativeSelect
          label={m.copiedLadder}
          description={m.copiedLadderHelp}
          value={copied}
          data={ladders.map((each) => ({ value: each.key, label: each.name }))}
          onChange={(event) => {
            setCopied(event.currentTarget.value);
            begin(ladderOfKey(event.currentTarget.value) ?? ladder);
          }}
        />
      )}
    </LadderForm>
  );
};

/** Nobody sees it: names are what people know ladders by. */
const newKey = (): string => `ladder-${crypto.randomUUID().slice(0, 13)}`;

const LadderForm = ({
  view,
  title,
  now,
  done,
  onClose,
  children,
}: LadderDialogProps & {
  readonly title: string;
  readonly now: string;
  readonly done: string;
  /** What stands above the fields; it can have them begin with another ladder. */
  readonly children?: (begin: (ladder: Ladder) => void) => ReactNode;
}) => {
  const m = useMessages(remindingMessages);
  const [draft, setDraft] = useState(() => sorted(view));
  const [checked, setChecked] = useState(false);
  const change = (part: Partial<LadderDraft>): void => setDraft({ ...draft, ...part });
  const begin = (ladder: Ladder): void => setDraft(sorted({ ...view, name: draft.name, ladder }));
  const { readyMade } = view;
  return (
    <CommandDialog
      title={title}
      now={now}
      done={done}
      size="lg"
      onClose={onClose}
      command={() => {
        setChecked(true);
        const ladder = ladderOf(draft);
        const name = draft.name.trim();
        return ladder === null || name === '' ? null : remindingApi.changeLadder(view.key, name, ladder);
      }}
    >
      {children?.(begin)}
      <TextInput
        label={m.ladderName}
        maxLength={200}
        value={draft.name}
        error={checked && draft.name.trim() === '' && m.required}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <fieldset className={classes.group}>
        <legend>{m.steps}</legend>
        <Steps steps={draft.steps} checked={checked} onChange={(steps) => change({ steps })} />
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{m.overdueTitle}</legend>
        <div className={classes.row}>
          <NativeSelect
            label={m.overdueRepeat}
            value={draft.overdue}
            data={(['once', 'daily', 'every'] as const).map((value) => ({ value, label: m.overdueChoices[value] }))}
            onChange={(event) => change({ overdue: event.currentTarget.value as LadderDraft['overdue'] })}
          />
          {draft.overdue === 'every' && (
            <NumberInput
              label={m.overdueDays}
              min={1}
              max={365}
              value={draft.overdueDays}
              error={checked && !isWhole(draft.overdueDays, 1) && m.wholeNumber}
              onChange={(overdueDays) => change({ overdueDays })}
            />
          )}
        </div>
        <EscalationFields
          label={m.escalateOverdue}
          value={draft.escalateOverdue}
          checked={checked}
          onChange={(escalateOverdue) => change({ escalateOverdue })}
        />
      </fieldset>
      <Radio.Group
        label={m.businessDays}
        value={draft.businessDays}
        onChange={(value) => change({ businessDays: value as LadderDraft['businessDays'] })}
      >
        <Stack gap="xs">
          {(['asIs', 'previous', 'next'] as const).map((rule) => (
            <Radio key={rule} value={rule} label={m.businessDayRules[rule]} />
          ))}
        </Stack>
      </Radio.Group>
      <RecipientsField
        label={m.sendTo}
        value={draft.to}
        error={checked && draft.to.length === 0 && m.required}
        onChange={(to) => change({ to })}
      />
      {readyMade !== null && JSON.stringify(readyMade) !== JSON.stringify(ladderOf(draft)) && (
        <Button variant="subtle" size="compact-sm" className={classes.start} onClick={() => begin(readyMade)}>
          {m.backToReadyMade}
        </Button>
      )}
    </CommandDialog>
  );
};

const Steps = ({
  steps,
  checked,
  onChange,
}: {
  readonly steps: readonly StepDraft[];
  readonly checked: boolean;
  readonly onChange: (steps: readonly StepDraft[]) => void;
}) => {
  const m = useMessages(remindingMessages);
  const change = (id: number, part: Partial<StepDraft>): void =>
    onChange(steps.map((step) => (step.id === id ? { ...step, ...part } : step)));
  const nameOf = ({ unit, amount }: StepDraft): string => `${amount}${m.units[unit]}`;
  return (
    <>
      {steps.length === 0 && <p className={classes.quiet}>{m.noSteps}</p>}
      <ul className={classes.steps}>
        {steps.map((step) => (
          <li key={step.id}>
            <div className={classes.notice}>
              <NumberInput
                aria-label={m.amount}
                w="5.5rem"
                min={step.unit === 'months' ? 1 : 0}
                max={step.unit === 'months' ? 36 : 1000}
                value={step.amount}
                error={checked && !isWhole(step.amount, step.unit === 'months' ? 1 : 0) && m.wholeNumber}
                onChange={(amount) => change(step.id, { amount })}
              />
              <NativeSelect
                aria-label={m.unit}
                value={step.unit}
                data={(['months', 'days'] as const).map((value) => ({ value, label: m.units[value] }))}
                onChange={(event) => change(step.id, { unit: event.currentTarget.value as StepDraft['unit'] })}
              />
              <Button
                variant="subtle"
                color="seal"
                size="compact-sm"
                aria-label={m.removeStepOf(nameOf(step))}
                onClick={() => onChange(steps.filter(({ id }) => id !== step.id))}
              >
                {m.removeStep}
              </Button>
            </div>
            <details open={step.to.length > 0 || step.escalate.on}>
              <summary>{m.ownSettings}</summary>
              <Stack gap="sm" mt="xs">
                <RecipientsField
                  label={m.ownRecipients}
                  description={m.ownRecipientsHelp}
                  value={step.to}
                  onChange={(to) => change(step.id, { to })}
                />
                <EscalationFields
                  label={m.escalateStep}
                  value={step.escalate}
                  checked={checked}
                  onChange={(escalate) => change(step.id, { escalate })}
                />
              </Stack>
            </details>
          </li>
        ))}
      </ul>
      <Button
        variant="default"
        size="compact-sm"
        className={classes.start}
        onClick={() => onChange([...steps, stepDraft(Math.max(-1, ...steps.map(({ id }) => id)) + 1, { days: 30 })])}
      >
        {m.addStep}
      </Button>
    </>
  );
};

const EscalationFields = ({
  label,
  value,
  checked,
  onChange,
}: {
  readonly label: string;
  readonly value: EscalationDraft;
  readonly checked: boolean;
  readonly onChange: (value: EscalationDraft) => void;
}) => {
  const m = useMessages(remindingMessages);
  return (
    <Stack gap="sm">
      <Checkbox
        label={label}
        checked={value.on}
        onChange={(event) => onChange({ ...value, on: event.currentTarget.checked })}
      />
      {value.on && (
        <div className={classes.row}>
          <NumberInput
            label={m.afterBusinessDays}
            min={1}
            max={60}
            value={value.after}
            error={checked && !isWhole(value.after, 1) && m.wholeNumber}
            onChange={(after) => onChange({ ...value, after })}
          />
          <RecipientsField
            label={m.escalateTo}
            value={value.to}
            error={checked && value.to.length === 0 && m.required}
            onChange={(to) => onChange({ ...value, to })}
          />
        </div>
      )}
    </Stack>
  );
};
