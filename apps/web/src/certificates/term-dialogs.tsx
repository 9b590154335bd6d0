import { Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { longDate, useLanguage, useMessages } from '../messages/language';
import { keyOfResponsible, ResponsibleField, responsibleOf } from '../reminding/responsible-field';
import { CommandDialog } from '../shell/command-dialog';
import { DateField } from '../shell/date-field';
import {
  certificatesApi,
  plannedAudits,
  type CertificateAudit,
  type CertificateView,
  type CitingDisclosure,
} from './certificates-api';
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

/** It was recorded by mistake that renewal was applied for. */
export const TakeBackFilingDialog = ({ certificate, onClose }: DialogProps) => {
  const m = useMessages(certificatesMessages);
  const language = useLanguage();
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.takeBackFilingTitle}
      about={m.takeBackFilingAbout(certificate.filedOn ? longDate(certificate.filedOn, language) : m.unknown)}
      now={m.takeBackFilingNow}
      done={m.filingTakenBack}
      onClose={onClose}
      command={() => {
        setChecked(true);
        return reason.trim() === '' ? null : certificatesApi.takeBackFiling(certificate.id, reason.trim());
      }}
    >
      <ReasonField label={m.reason} value={reason} checked={checked} autoFocus onChange={setReason} />
    </CommandDialog>
  );
};

type AuditDialogProps = DialogProps & { readonly audit: CertificateAudit };

/** 維持審査, 更新審査: by when it is to be passed. */
const PlanAuditDialog = ({ certificate, audit, onClose }: AuditDialogProps) => {
  const m = useMessages(certificatesMessages);
  const name = m.audits[audit];
  const [dueOn, setDueOn] = useState(plannedAudits(certificate)[audit]?.dueOn ?? '');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.auditDue(name)}
      about={m.planAuditHelp(name)}
      now={m.saveNow}
      done={m.auditPlanned(name)}
      onClose={onClose}
      command={() => {
        setChecked(true);
        return dueOn === '' ? null : certificatesApi.planAudit(certificate.id, audit, dueOn);
      }}
    >
      <DateField
        label={m.auditDue(name)}
        autoFocus
        value={dueOn}
        error={checked && dueOn === '' && m.required}
        onChange={setDueOn}
      />
    </CommandDialog>
  );
};
export const PlanSurveillanceDialog = (props: DialogProps) => <PlanAuditDialog {...props} audit="surveillance" />;
export const PlanRenewalAuditDialog = (props: DialogProps) => <PlanAuditDialog {...props} audit="renewal" />;

/** 維持審査, 更新審査: what came of it. */
const AuditResultDialog = ({ certificate, audit, onClose }: AuditDialogProps) => {
  const m = useMessages(certificatesMessages);
  const [result, setResult] = useState<'passed' | 'failed'>('passed');
  const [on, setOn] = useState('');
  const [nextDueOn, setNextDueOn] = useState('');
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.auditResultTitle(m.audits[audit])}
      now={m.recordNow}
      done={m.auditRecorded(m.audits[audit])}
      onClose={onClose}
      command={() => {
        setChecked(true);
        if (on === '' || (result === 'failed' && reason.trim() === '')) return null;
        return result === 'passed'
          ? certificatesApi.passAudit(certificate.id, audit, on, nextDueOn || undefined)
          : certificatesApi.failAudit(certificate.id, audit, on, reason.trim());
      }}
    >
      <Radio.Group label={m.auditResult} value={result} onChange={(value) => setResult(value as typeof result)}>
        <Stack gap="xs">
          <Radio value="passed" label={m.passed[audit]} description={m.passedNext[audit] || undefined} />
          <Radio value="failed" label={m.failed} />
        </Stack>
      </Radio.Group>
      <DateField label={m.auditOn} value={on} error={checked && on === '' && m.required} onChange={setOn} />
      {result === 'passed' && audit === 'surveillance' && (
        <DateField label={m.auditNext} description={m.auditNextHelp} value={nextDueOn} onChange={setNextDueOn} />
      )}
      {result === 'failed' && (
        <ReasonField label={m.auditReason} value={reason} checked={checked} onChange={setReason} />
      )}
    </CommandDialog>
  );
};
export const SurveillanceResultDialog = (props: DialogProps) => <AuditResultDialog {...props} audit="surveillance" />;
export const RenewalAuditResultDialog = (props: DialogProps) => <AuditResultDialog {...props} audit="renewal" />;

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
