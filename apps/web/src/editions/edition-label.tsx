import { useMessages } from '../messages/language';
import { StateLabel } from '../shell/state-label';
import type { EditionState } from './edition-state';
import { editionsMessages } from './messages';

/** 施行中 / 施行予定 / 旧版 */
export const EditionLabel = ({ state }: { readonly state: EditionState }) => {
  const m = useMessages(editionsMessages);
  return <StateLabel tone={state === 'inForce' ? 'ink' : 'plain'}>{m[state]}</StateLabel>;
};
