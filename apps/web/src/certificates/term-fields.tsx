import { Textarea, TextInput } from '@mantine/core';
import { useMessages } from '../messages/language';
import { DateField } from '../shell/date-field';
import type { CertificateView } from './certificates-api';
import classes from './certificates.module.css';
import { certificatesMessages } from './messages';

/** As typed; empty where nothing was. Dates are `yyyy-mm-dd`. */
export type TermValues = {
  readonly number: string;
  readonly body: string;
  readonly standard: string;
  readonly scope: string;
  readonly issuedOn: string;
  readonly validFrom: string;
  readonly validUntil: string;
};
export const emptyTerm: TermValues = {
  ...{ number: '', body: '', standard: '', scope: '', issuedOn: '', validFrom: '', validUntil: '' },
};
export const termOf = ({
  number,
  body,
  standard,
  scope,
  issuedOn,
  validFrom,
  validUntil,
}: CertificateView): TermValues => ({
  ...{ number, body, validFrom, validUntil },
  ...{ standard: standard ?? '', scope: scope ?? '', issuedOn: issuedOn ?? '' },
});

/** `all` for a registration; `dates` for a renewal, whose other fields stay as they were when left as they are. */
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
  });
  const text = (name: keyof TermValues) => ({
    ...field(name),
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      onChange({ ...value, [name]: event.currentTarget.value }),
  });
  const day = (name: keyof TermValues) => ({
    ...field(name),
    onChange: (chosen: string) => onChange({ ...value, [name]: chosen }),
  });
  return (
    <>
      <div className={classes.pairs}>
        <TextInput label={m.number} maxLength={200} {...text('number')} />
        <TextInput label={m.body} maxLength={200} {...text('body')} />
      </div>
      <div className={classes.pairs}>
        <DateField label={m.validFrom} {...day('validFrom')} />
        <DateField label={m.validUntil} description={m.validUntilHelp} {...day('validUntil')} />
        <DateField label={m.issuedOnOptional} {...day('issuedOn')} />
        <TextInput
          label={m.standardOptional}
          placeholder="ISO/IEC 27001:2022 / JIS Q 27001:2023"
          maxLength={200}
          {...text('standard')}
        />
      </div>
      <Textarea label={m.scopeOptional} autosize minRows={2} maxLength={2000} {...text('scope')} />
    </>
  );
};
