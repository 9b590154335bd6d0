import { MultiSelect } from '@mantine/core';
import { useMessages } from '../messages/language';
import type { Citation } from './certificates-api';
import { useCitableItems } from './citations';
import classes from './certificates.module.css';
import { certificatesMessages } from './messages';

const SEPARATOR = '\n';
const keyOf = ({ disclosureId, itemKey }: Citation): string => `${disclosureId}${SEPARATOR}${itemKey}`;
const citationOf = (key: string): Citation => {
  const [disclosureId = '', itemKey = ''] = key.split(SEPARATOR);
  return { disclosureId, itemKey };
};

/** Items of disclosures, grouped by service. */
export const CitationsField = ({
  label,
  description,
  value,
  onChange,
}: {
  readonly label: string;
  readonly description?: string;
  readonly value: readonly Citation[];
  readonly onChange: (citations: Citation[]) => void;
}) => {
  const m = useMessages(certificatesMessages);
  const items = useCitableItems();
  return (
    <MultiSelect
      label={label}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={value.length === 0 ? m.citedPlaceholder : ''}
      nothingFoundMessage={m.citedNothing}
      searchable
      clearable
      classNames={{ input: classes.choice! }}
      data={[...new Set(items.map(({ serviceName }) => serviceName))].map((group) => ({
        group,
        items: items
          .filter(({ serviceName }) => serviceName === group)
          .map((item) => ({ value: keyOf(item), label: item.label })),
      }))}
      value={value.map(keyOf)}
      onChange={(keys) => onChange(keys.map(citationOf))}
    />
  );
};
