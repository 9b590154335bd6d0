import { TextInput } from '@mantine/core';
import { useMessages } from '../messages/language';
import classes from './certificates.module.css';
import { certificatesMessages } from './messages';

/** As typed; empty where nothing was. Dates are `yyyy-mm-dd`. */
export type TermValues = {
  readonly number: string;
  readonly body: string;
  readonly issuedOn: string;
  readonly validFrom: string;
  readonly validUntil: string;
};
/** `all` for a registration; `dates` for a renewal, whose number and body stay as they were when left as they are. */
type Required = 'all' | 'dates';

const requiredFields = (required: Required): readonly (keyof TermValues)[] =>
  required === 'all' ? ['number', 'body', 'validFrom', 'validUntil'] : ['validFrom', 'validUntil'];

export const termMissing = (term: TermValues, required: Required): boolean =>
  requiredFields(required).some((field) => term[field].trim() === '');

/** What was filled in, trimmed; nothing is sent for what was left empty. */
export const filledIn = (term: TermValues): Partial<TermValues> =>
  Object.fromEntries(
    Object.entries(term)
      .map(([field, value]) => [field, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  );

/** What is printed on a certificate for one term. Whether its dates make sense is the server's to say. */
export const TermFields = ({
  value,
  onChange,
  required,
  checked,
}: {
  readonly value: TermValues;
  readonly onChange: (value: TermValues) => void;
  readonly required: Required;
  /** Somebody tried to send it: say what is missing. */
  readonly checked: boolean;
}) => {
  const m = useMessages(certificatesMessages);
  const field = (name: keyof TermValues) => ({
    value: value[name],
    error: checked && requiredFields(required).includes(name) && value[name].trim() === '' && m.required,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => onChange({ ...value, [name]: event.currentTarget.value }),
  });
  return (
    <>
      <div className={classes.pairs}>
        <TextInput label={m.number} maxLength={200} {...field('number')} />
        <TextInput label={m.body} maxLength={200} {...field('body')} />
      </div>
      <div className={classes.pairs}>
        <TextInput type="date" label={m.validFrom} {...field('validFrom')} />
        <TextInput
          type="date"
          label={m.validUntil}
          description={m.validUntilHelp}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...field('validUntil')}
        />
        <TextInput type="date" label={m.issuedOnOptional} {...field('issuedOn')} />
      </div>
    </>
  );
};
