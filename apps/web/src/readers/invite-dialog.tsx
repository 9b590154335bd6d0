import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMessages } from '../messages/language';
import { CommandDialog } from '../shell/command-dialog';
import { readersMessages } from './messages';
import { readersApi, type ReadDisclosure } from './readers-api';

/** Invites a hospital to follow a disclosure. */
export const InviteDialog = ({
  disclosures,
  onClose,
}: {
  readonly disclosures: readonly ReadDisclosure[];
  readonly onClose: () => void;
}) => {
  const m = useMessages(readersMessages);
  const [disclosureId, setDisclosureId] = useState(disclosures[0]?.id ?? '');
  const [hospital, setHospital] = useState('');
  const [address, setAddress] = useState('');
  const [checked, setChecked] = useState(false);
  return (
    <CommandDialog
      title={m.invite}
      about={m.inviteHelp}
      now={m.inviteNow}
      done={m.invited}
      onClose={onClose}
      command={() => {
        setChecked(true);
        const body = { disclosureId, hospital: hospital.trim(), address: address.trim() };
        return body.hospital === '' || body.address === '' ? null : readersApi.invite(body);
      }}
    >
      <NativeSelect
        label={m.disclosure}
        data={disclosures.map(({ id, serviceName }) => ({ value: id, label: serviceName }))}
        value={disclosureId}
        onChange={(event) => setDisclosureId(event.currentTarget.value)}
      />
      <TextInput
        label={m.hospital}
        data-autofocus
        maxLength={200}
        value={hospital}
        error={checked && hospital.trim() === '' && m.required}
        onChange={(event) => setHospital(event.currentTarget.value)}
      />
      <TextInput
        label={m.address}
        type="email"
        maxLength={254}
        value={address}
        error={checked && address.trim() === '' && m.required}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
    </CommandDialog>
  );
};
