import { Checkbox, MultiSelect, NativeSelect, NumberInput, Stack } from '@mantine/core';
import type { Meaning } from '@app/routes/domain/route';
import { useCommon, useMessages } from '../messages/language';
import { routingMessages } from './messages';
import classes from './routing.module.css';
import { meanings, officerRoles, problemsOf, type People, type StepDraft, type StepProblem } from './step-draft';

/** What a step asks for, and of whom. */
export const StepFields = ({
  value,
  onChange,
  people,
  checked,
}: {
  readonly value: StepDraft;
  readonly onChange: (value: StepDraft) => void;
  readonly people: People;
  /** Somebody tried to save it: say what is missing. */
  readonly checked: boolean;
}) => {
  const m = useMessages(routingMessages);
  const t = useCommon();
  const problems = problemsOf(value, people);
  const problem = (name: StepProblem): string | false => checked && problems.includes(name) && m.problems[name];
  const set = (part: Partial<StepDraft>): void => onChange({ ...value, ...part });
  const days = (typed: string | number): number | null => (typeof typed === 'number' ? typed : null);
  const choices = [
    { group: m.offices, items: officerRoles.map((role) => ({ value: `role:${role}`, label: t.offices[role] })) },
    { group: m.people, items: people.map(({ id, name }) => ({ value: `person:${id}`, label: name })) },
  ];
  return (
    <Stack gap="md">
      <MultiSelect
        label={m.who}
        description={m.whoHelp}
        placeholder={value.who.length === 0 ? m.whoPlaceholder : ''}
        nothingFoundMessage={m.nobodyFound}
        searchable
        data={choices}
        error={problem('whoMissing')}
        value={[...value.who]}
        onChange={(who) => set({ who })}
      />
      <div className={classes.pairs}>
        <NativeSelect
          label={m.meaning}
          description={m.meaningAbout[value.meaning]}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={meanings.map((meaning) => ({ value: meaning, label: t.meanings[meaning] }))}
          value={value.meaning}
          onChange={(event) => set({ meaning: event.currentTarget.value as Meaning })}
        />
        <div className={classes.quorum}>
          <NativeSelect
            label={m.quorum}
            data={(['all', 'any', 'n'] as const).map((kind) => ({ value: kind, label: m.quorums[kind] }))}
            value={value.quorum}
            onChange={(event) => set({ quorum: event.currentTarget.value as StepDraft['quorum'] })}
          />
          {value.quorum === 'n' && (
            <NumberInput
              label={m.quorumCount}
              min={1}
              max={100}
              allowDecimal={false}
              error={problem('nMissing')}
              value={value.n ?? ''}
              onChange={(typed) => set({ n: days(typed) })}
            />
          )}
        </div>
        <NumberInput
          label={m.due}
          description={m.dueHelp}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={0}
          max={250}
          allowDecimal={false}
          error={problem('escalationNeedsDue')}
          value={value.due ?? ''}
          onChange={(typed) => set({ due: days(typed) })}
        />
      </div>
      <Checkbox
        label={m.escalates}
        checked={value.escalates}
        onChange={(event) => set({ escalates: event.currentTarget.checked })}
      />
      {value.escalates && (
        <div className={classes.pairs}>
          <NumberInput
            label={m.escalationAfter}
            min={1}
            max={250}
            allowDecimal={false}
            value={value.escalationAfter ?? ''}
            onChange={(typed) => set({ escalationAfter: days(typed) })}
          />
          <NativeSelect
            label={m.escalationTo}
            error={problem('escalationMissing')}
            data={[{ value: '', label: m.choose }, ...choices]}
            value={value.escalationTo ?? ''}
            onChange={(event) => set({ escalationTo: event.currentTarget.value || null })}
          />
        </div>
      )}
    </Stack>
  );
};
