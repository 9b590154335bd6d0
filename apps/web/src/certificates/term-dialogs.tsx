import { Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMessages } from '../messages/language';
import { keyOfResponsible, ResponsibleField, responsibleOf } from '../reminding/responsible-field';
import { CommandDialog } from '../shell/command-dialog';
import { DateField } from '../shell/date-field';
import { certificatesApi, type CertificateView, type CitingDisclosure } from './certificates-api';
import { CitationsField } from './citations-field';
import { certificatesMessages } from './messages';
import { filledIn, TermFields, termMissing, termOf } from './term-fields';

type DialogProps = { readonly certificate: CertificateView; readonly onClose: () => void };

/** 更新: the next term, as printed on the new certificate. */
export const RenewDialog = ({
  certificate,
  onClose,
  onRenewed,
}: DialogProps & {
  /** What still speaks of the term before. */
  readonly onRenewed: (citing: readonly CitingDisclosure[]) => void;
}) => {
  const m = useMessages(certificatesMessages);
  const [term, setTerm] = useState({ ...termOf(certificate), issuedOn: '', validFrom: '', validUntil: '' });
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.renewTitle}
      about={m.renewHelp}
      now={m.renewNow}
      done={m.renewed}
      size="lg"
      onClose={onClose}
      command={() => {
        setChecked(true);
        const { validFrom, validUntil } = term;
        if (termMissing(term, 'dates')) return null;
        return certificatesApi
          .renew(certificate.id, { ...filledIn(term), validFrom, validUntil })
          .then(({ citing }) => onRenewed(citing));
      }}
    >
      <TermFields value={term} onChange={setTerm} required="dates" checked={checked} />
    </CommandDialog>
  );
};

/** 訂正: something was mistyped. */
export const CorrectDialog = ({ certificate, onClose }: DialogProps) => {
  const m = useMessages(certificatesMessages);
  const [name, setName] = useState(certificate.name);
  const [term, setTerm] = useState(termOf(certificate));
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.correctTitle}
      about={m.correctHelp}
      now={m.correctNow}
      done={m.corrected}
      size="lg"
      onClose={onClose}
      command={() => {
        setChecked(true);
        if (name.trim() === '' || termMissing(term, 'all') || reason.trim() === '') return null;
        return certificatesApi.correct(certificate.id, { ...filledIn(term), name: name.trim(), reason: reason.trim() });
      }}
    >
      <TextInput
        label={m.name}
        maxLength={200}
        value={name}
        error={checked && name.trim() === '' && m.required}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TermFields value={term} onChange={setTerm} required="all" checked={checked} />
      <ReasonField label={m.reason} value={reason} checked={checked} onChange={setReason} />
    </CommandDialog>
  );
};

/** The items that claim the certificate. */
export const CiteDialog = ({ certificate, onClose }: DialogProps) => {
  const m = useMessages(certificatesMessages);
  const [cited, setCited] = useState([...certificate.citedBy]);
  return (
    <CommandDialog
      title={m.citeTitle}
      now={m.saveNow}
      done={m.citationsSaved}
      onClose={onClose}
      command={() => certificatesApi.cite(certificate.id, cited)}
    >
      <CitationsField label={m.cited} description={m.citedHelp} value={cited} onChange={setCited} />
    </CommandDialog>
  );
};

export const ResponsibleDialog = ({ certificate, onClose }: DialogProps) => {
  const m = useMessages(certificatesMessages);
  const [key, setKey] = useState(keyOfResponsible(certificate.responsible));
  return (
    <CommandDialog
      title={m.responsibleTitle}
      now={m.saveNow}
      done={m.responsibleNamed}
      onClose={onClose}
      command={() => certificatesApi.nameResponsible(certificate.id, responsibleOf(key))}
    >
      <ResponsibleField description={m.responsibleHelp} value={key} onChange={setKey} />
    </CommandDialog>
  );
};

/** 更新申請. */
export const FileRenewalDialog = ({ certificate, onClose }: DialogProps) => {
  const m = useMessages(certificatesMessages);
  const [on, setOn] = useState('');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.fileTitle}
      about={m.fileHelp}
      now={m.recordNow}
      done={m.filed}
      onClose={onClose}
      command={() => {
        setChecked(true);
        return on === '' ? null : certificatesApi.fileRenewal(certificate.id, on);
      }}
    >
      <DateField label={m.filedOn} autoFocus value={on} error={checked && on === '' && m.required} onChange={setOn} />
    </CommandDialog>
  );
};

/** 維持審査: by when it is to be passed. */
export const PlanSurveillanceDialog = ({ certificate, onClose }: DialogProps) => {
  const m = useMessages(certificatesMessages);
  const [dueOn, setDueOn] = useState(certificate.surveillance?.dueOn ?? '');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.planSurveillanceTitle}
      about={m.planSurveillanceHelp}
      now={m.saveNow}
      done={m.surveillancePlanned}
      onClose={onClose}
      command={() => {
        setChecked(true);
        return dueOn === '' ? null : certificatesApi.planSurveillance(certificate.id, dueOn);
      }}
    >
      <DateField
        label={m.surveillanceDue}
        autoFocus
        value={dueOn}
        error={checked && dueOn === '' && m.required}
        onChange={setDueOn}
      />
    </CommandDialog>
  );
};

/** 維持審査: what came of it. */
export const SurveillanceResultDialog = ({ certificate, onClose }: DialogProps) => {
  const m = useMessages(certificatesMessages);
  const [result, setResult] = useState<'passed' | 'failed'>('passed');
  const [on, setOn] = useState('');
  const [nextDueOn, setNextDueOn] = useState('');
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.surveillanceResultTitle}
      now={m.recordNow}
      done={m.surveillanceRecorded}
      onClose={onClose}
      command={() => {
        setChecked(true);
        if (on === '' || (result === 'failed' && reason.trim() === '')) return null;
        return result === 'passed'
          ? certificatesApi.passSurveillance(certificate.id, on, nextDueOn || undefined)
          : certificatesApi.failSurveillance(certificate.id, on, reason.trim());
      }}
    >
      <Radio.Group label={m.surveillanceResult} value={result} onChange={(value) => setResult(value as typeof result)}>
        <Stack gap="xs">
          <Radio value="passed" label={m.passed} />
          <Radio value="failed" label={m.failed} />
        </Stack>
      </Radio.Group>
      <DateField label={m.surveillanceOn} value={on} error={checked && on === '' && m.required} onChange={setOn} />
      {result === 'passed' ? (
        <DateField
          label={m.surveillanceNext}
          description={m.surveillanceNextHelp}
          value={nextDueOn}
          onChange={setNextDueOn}
        />
      ) : (
        <ReasonField label={m.surveillanceReason} value={reason} checked={checked} onChange={setReason} />
      )}
    </CommandDialog>
  );
};

/** 取下げ, with a reason. */
export const WithdrawDialog = ({ certificate, onClose }: DialogProps) => {
  const m = useMessages(certificatesMessages);
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.withdrawTitle}
      about={m.withdrawHelp}
      now={m.withdrawNow}
      done={m.withdrawn}
      dangerous
      onClose={onClose}
      command={() => {
        setChecked(true);
        return reason.trim() === '' ? null : certificatesApi.withdraw(certificate.id, reason.trim());
      }}
    >
      <ReasonField label={m.withdrawReason} value={reason} checked={checked} autoFocus onChange={setReason} />
    </CommandDialog>
  );
};

const ReasonField = ({
  label,
  value,
  checked,
  autoFocus = false,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly checked: boolean;
  readonly autoFocus?: boolean;
  readonly onChange: (value: string) => void;
}) => {
  const m = useMessages(certificatesMessages);
  return (
    <Textarea
      label={label}
      error={checked && value.trim() === '' && m.required}
      autosize
      minRows={2}
      maxLength={2000}
      data-autofocus={autoFocus || undefined}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
};
