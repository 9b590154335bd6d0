import { MultiSelect } from '@mantine/core';
import { useMessages } from '../messages/language';
import { remindingMessages } from './messages';
import { useRecipients } from './recipients';
import classes from './reminding.module.css';

/** Offices, roles and people, as keys. */
export const RecipientsField = ({
  label,
  description,
  value,
  error,
  onChange,
}: {
  readonly label: string;
  readonly description?: string;
  readonly value: readonly string[];
  readonly error?: string | false;
  readonly onChange: (keys: string[]) => void;
}) => {
  const m = useMessages(remindingMessages);
  const { choices } = useRecipients();
  return (
    <MultiSelect
      label={label}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={value.length === 0 ? m.chooseRecipients : ''}
      nothingFoundMessage={m.nobodyFound}
      searchable
      classNames={{ input: classes.choice! }}
      data={choices}
      value={[...value]}
      error={error}
      onChange={onChange}
    />
  );
};
