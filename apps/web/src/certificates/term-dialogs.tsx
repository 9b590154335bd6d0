import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { certificatesApi, type CertificateView } from './certificates-api';
import { certificatesMessages } from './messages';
import { filledIn, TermFields, termMissing, type TermValues } from './term-fields';

type DialogProps = { readonly certificate: CertificateView; readonly onClose: () => void };

/** 更新: the next term, as printed on the new certificate. */
export const RenewDialog = ({ certificate, onClose }: DialogProps) => {
  const m = useMessages(certificatesMessages);
  const { number, body } = certificate;
  const [term, setTerm] = useState<TermValues>({ number, body, issuedOn: '', validFrom: '', validUntil: '' });
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
        return termMissing(term, 'dates')
          ? null
          : certificatesApi.renew(certificate.id, { ...filledIn(term), validFrom, validUntil });
      }}
    >
      <TermFields value={term} onChange={setTerm} required="dates" checked={checked} />
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
      <Textarea
        label={m.withdrawReason}
        error={checked && reason.trim() === '' && m.required}
        autosize
        minRows={3}
        maxLength={2000}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </CommandDialog>
  );
};
