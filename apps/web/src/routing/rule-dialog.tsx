import { Checkbox, Fieldset, MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCitableItems } from '../certificates/citations';
import { usePeople } from '../people/people';
import { useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { routingMessages } from './messages';
import { routingApi, type RoutingRule } from './routing-api';
import classes from './routing.module.css';
import { draftOf, emptyStep, stepOf } from './step-draft';
import { StepFields } from './step-fields';
import { useStepWords } from './step-words';

const places = ['first', 'beforeApproval'] as const;

/** A rule: which items, and the step that their change adds. A new one when there is none to begin with. */
export const RuleDialog = ({
  rule,
  isNew,
  onClose,
}: {
  /** What to begin with. */
  readonly rule: RoutingRule | null;
  /** It is not in the register yet. */
  readonly isNew: boolean;
  readonly onClose: () => void;
}) => {
  const m = useMessages(routingMessages);
  const people = usePeople();
  const items = useCitableItems();
  const { sentencesOf, inOneLine } = useStepWords();
  const [ruleId] = useState(() => rule?.ruleId ?? crypto.randomUUID());
  const [name, setName] = useState(rule?.name ?? '');
  const [itemKeys, setItemKeys] = useState<readonly string[]>(rule?.itemKeys ?? []);
  const [place, setPlace] = useState<RoutingRule['place']>(rule?.place ?? 'first');
  const [active, setActive] = useState(rule?.active ?? true);
  const [draft, setDraft] = useState(rule ? draftOf(rule.step) : emptyStep);
  const [checked, setChecked] = useState(false);
  const step = stepOf(draft, people);
  const choices = new Map([
    ...itemKeys.map((itemKey) => [itemKey, itemKey] as const),
    ...items.map(({ itemKey, label }) => [itemKey, label] as const),
  ]);
  return (
    <CommandDialog
      title={isNew ? m.newRule : m.editRule}
      now={m.saveRule}
      done={m.savedRule}
      size="lg"
      onClose={onClose}
      command={() => {
        setChecked(true);
        if (name.trim() === '' || itemKeys.length === 0 || step === null) return null;
        const { covers: _, ...ruleStep } = step;
        return routingApi.saveRule(ruleId, {
          name: name.trim(),
          itemKeys: [...itemKeys],
          step: ruleStep,
          place,
          active,
        });
      }}
    >
      <TextInput
        label={m.name}
        description={m.nameHelp}
        maxLength={100}
        data-autofocus
        error={checked && name.trim() === '' && m.problems.nameMissing}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <MultiSelect
        label={m.items}
        description={m.itemsHelp}
        placeholder={itemKeys.length === 0 ? m.itemsPlaceholder : ''}
        nothingFoundMessage={m.nobodyFound}
        searchable
        hidePickedOptions
        error={checked && itemKeys.length === 0 && m.problems.itemsMissing}
        data={[...choices].map(([value, label]) => ({ value, label }))}
        value={[...itemKeys]}
        onChange={setItemKeys}
      />
      <Fieldset legend={m.addedStep}>
        <StepFields value={draft} onChange={setDraft} people={people} checked={checked} />
      </Fieldset>
      <NativeSelect
        label={m.place}
        data={places.map((value) => ({ value, label: m.places[value] }))}
        value={place}
        onChange={(event) => setPlace(event.currentTarget.value as RoutingRule['place'])}
      />
      <Checkbox label={m.activeLabel} checked={active} onChange={(event) => setActive(event.currentTarget.checked)} />
      <div className={classes.preview} role="status">
        {step === null ? m.previewUnfinished : inOneLine(sentencesOf(step))}
      </div>
    </CommandDialog>
  );
};
