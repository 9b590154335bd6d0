import { Button, CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useCommon, useMessages } from '../messages/language';
import { fullTime } from '../review/format';
import { Loaded } from '../shell/page';
import { timeMessages } from './messages';
import { timeQueries, type BlameView } from './time-api';
import classes from './time-machine.module.css';

/** 来歴: who wrote each block of an item as it stood after an event, when, and who signed it. */
export const BlamePanel = ({
  disclosureId,
  itemKey,
  label,
  version,
  onGoTo,
  onClose,
  restoration,
}: {
  readonly disclosureId: string;
  readonly itemKey: string;
  readonly label: string;
  readonly version: number;
  readonly onGoTo: (version: number) => void;
  readonly onClose: () => void;
  /** The button that restores the item, or why it cannot be restored. */
  readonly restoration: ReactNode;
}) => {
  const m = useMessages(timeMessages);
  const blame = useQuery(timeQueries.blame(disclosureId, itemKey, version));
  return (
    <aside className={classes.blame} aria-label={m.blameOf(label)}>
      <header className={classes.blameHead}>
        <h2>{m.blameOf(label)}</h2>
        <CloseButton aria-label={m.closeBlame} onClick={onClose} />
      </header>
      {restoration}
      <Loaded query={blame}>
        {(view) => (
          <ol className={classes.blocks}>
            {view.blocks.map((block, at) => (
              <Block key={at} block={block} view={view} version={version} onGoTo={onGoTo} />
            ))}
          </ol>
        )}
      </Loaded>
    </aside>
  );
};

const Block = ({
  block: { kind, text, origin, signatures },
  view,
  version,
  onGoTo,
}: {
  readonly block: BlameView['blocks'][number];
  readonly view: BlameView;
  readonly version: number;
  readonly onGoTo: (version: number) => void;
}) => {
  const m = useMessages(timeMessages);
  const newest = view.signatures[signatures.at(-1) ?? -1]?.editionNumber;
  const covering = signatures.flatMap((index) => view.signatures[index] ?? []);
  return (
    <li className={classes.block}>
      <p className={classes.blockText} lang="ja" data-kind={kind}>
        {text.trim()}
      </p>
      <p className={classes.origin}>
        <strong>{origin.by.name}</strong>
        <span>{fullTime(origin.at)}</span>
        <span>{`${m.origin[origin.kind]}${m.originFor(origin.editionNumber)}`}</span>
        {origin.restoredFrom !== null && <span>{m.restoredFrom(origin.restoredFrom)}</span>}
        {origin.version !== version && (
          <Button size="compact-xs" variant="default" onClick={() => onGoTo(origin.version)}>
            {m.toOrigin}
          </Button>
        )}
      </p>
      {newest === undefined ? (
        <p className={classes.signed}>{m.noSignature}</p>
      ) : (
        <div className={classes.signed}>
          <span>{m.signedIn(newest)}</span>
          <Signers signatures={covering.filter(({ editionNumber }) => editionNumber === newest)} />
          {covering.some(({ editionNumber }) => editionNumber !== newest) && (
            <details>
              <summary>{m.allSignatures(covering.length)}</summary>
              <Signers signatures={covering.toReversed()} withEdition />
            </details>
          )}
        </div>
      )}
    </li>
  );
};

const Signers = ({
  signatures,
  withEdition = false,
}: {
  readonly signatures: BlameView['signatures'];
  readonly withEdition?: boolean;
}) => {
  const t = useCommon();
  return (
    <ul>
      {signatures.map(({ editionNumber, meaning, signer, officer, at }) => (
        <li key={`${editionNumber}-${signer.id}-${at}`}>
          {`${withEdition ? `${t.edition(editionNumber)}　` : ''}${t.meanings[meaning]}　${officer.name}　${fullTime(at)}`}
        </li>
      ))}
    </ul>
  );
};
