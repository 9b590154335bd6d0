import { useCommon, useMessages } from '../messages/language';
import { usePeople } from '../people/people';
import { remindingMessages } from './messages';
import { keyOf, offices, roles } from './recipient-key';
import type { Recipient } from './reminding-api';

/** Recipients by name, and all of them to choose from. */
export const useRecipients = () => {
  const m = useMessages(remindingMessages);
  const t = useCommon();
  const people = usePeople();
  const nameOf = (recipient: Recipient): string => {
    if ('responsible' in recipient) return m.responsible;
    if ('officer' in recipient) return t.offices[recipient.officer];
    if ('role' in recipient) return m.everybodyWho(t.roles[recipient.role]);
    return people.find(({ id }) => id === recipient.user)?.name ?? m.formerUser;
  };
  const choice = (recipient: Recipient) => ({ value: keyOf(recipient), label: nameOf(recipient) });
  const choices = [
    {
      group: m.recipientGroups.offices,
      items: [choice({ responsible: true }), ...offices.map((officer) => choice({ officer }))],
    },
    { group: m.recipientGroups.roles, items: roles.map((role) => choice({ role })) },
    { group: m.recipientGroups.people, items: people.map(({ id }) => choice({ user: id })) },
  ];
  return { nameOf, choices };
};
