import { Select } from '@mantine/core';
import { useMessages } from '../messages/language';
import { remindingMessages } from './messages';
import { keyOf, recipientOf } from './recipient-key';
import { useRecipients } from './recipients';
import type { Recipient } from './reminding-api';

/** Who sees to something: whoever holds an office, or one person. */
export type Responsible = Extract<Recipient, { officer: unknown } | { user: unknown }>;

export const responsibleOf = (key: string | null): Responsible | null => {
  const recipient = key === null ? null : recipientOf(key);
  return recipient !== null && ('officer' in recipient || 'user' in recipient) ? recipient : null;
};
export const keyOfResponsible = (responsible: Responsible | null): string | null =>
  responsible === null ? null : keyOf(responsible);

/** 担当者, as a key; null: nobody. */
export const ResponsibleField = ({
  value,
  description,
  label,
  onChange,
}: {
  readonly value: string | null;
  readonly description?: string;
  readonly label?: string;
  readonly onChange: (key: string | null) => void;
}) => {
  const m = useMessages(remindingMessages);
  const { choices } = useRecipients();
  return (
    <Select
      label={label ?? m.responsible}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={m.chooseRecipients}
      nothingFoundMessage={m.nobodyFound}
      searchable
      clearable
      data={choices
        .map(({ group, items }) => ({ group, items: items.filter(({ value: key }) => responsibleOf(key) !== null) }))
        .filter(({ items }) => items.length > 0)}
      value={value}
      onChange={onChange}
    />
  );
};
