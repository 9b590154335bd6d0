import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

/** A day, `yyyy-mm-dd`; empty while none is chosen. */
export const DateField = ({
  label,
  description,
  value,
  error,
  autoFocus = false,
  onChange,
}: {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly error?: ReactNode;
  readonly autoFocus?: boolean;
  readonly onChange: (day: string) => void;
}) => (
  <TextInput
    type="date"
    label={label}
    description={description}
    inputWrapperOrder={['label', 'input', 'description', 'error']}
    value={value}
    error={error}
    data-autofocus={autoFocus || undefined}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
);
