import type { Body } from '@app/content/body';
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { shortTime, useCommon, useLanguage, useMessages } from '../messages/language';
import { More } from '../reminding/more';
import { Lines, Loaded } from '../shell/page';
import { PrintedBody } from '../shell/printed-body';
import { timeMessages } from '../time-machine/messages';
import classes from './aside.module.css';
import { historyQueries } from './history-api';
import type { PlacedItem } from './items';
import { messages } from './messages';

/** What the item said before, newest first; the words of a text come when it is opened. */
export const ItemHistory = ({
  disclosureId,
  placed: { part, item },
  editable,
  onUse,
}: {
  readonly disclosureId: string;
  readonly placed: PlacedItem;
  readonly editable: boolean;
  readonly onUse: (body: Body) => void;
}) => {
  const t = useMessages(messages);
  const m = useMessages(timeMessages);
  const common = useCommon();
  const language = useLanguage();
  const history = useInfiniteQuery(historyQueries.texts(disclosureId, item.itemKey));
  const [opened, open] = useState<readonly number[]>([]);
  return (
    <Loaded query={history} skeleton={<Lines count={4} />}>
      {({ pages }) => (
        <>
          <p className={classes.small}>{t.historyOf(`${part.number}-${item.number}`)}</p>
          <ul className={classes.list}>
            {pages
              .flatMap(({ texts }) => texts)
              .map(({ version, at, by, editionNumber, bodyHash, restoredFrom, fromFile }, index) => (
                <li key={version} className={classes.entry}>
                  <details onToggle={({ currentTarget }) => currentTarget.open && open([...opened, version])}>
                    <summary>
                      <span className={classes.small}>
                        {shortTime(at, language)}・{common.edition(editionNumber)}
                        {restoredFrom !== null && `・${m.origin.restored}（${m.restoredFrom(restoredFrom)}）`}
                        {fromFile !== null && `・${t.historyFrom(fromFile)}`}
                        {bodyHash === item.bodyHash && `・${index === 0 ? t.historyNow : t.historySameAsNow}`}
                      </span>
                      <br />
                      {by.name}
                    </summary>
                    {opened.includes(version) && (
                      <EarlierText
                        {...{ disclosureId, version }}
                        itemKey={item.itemKey}
                        onUse={editable && bodyHash !== item.bodyHash ? onUse : null}
                      />
                    )}
                  </details>
                </li>
              ))}
          </ul>
          <More query={history} />
        </>
      )}
    </Loaded>
  );
};

const EarlierText = ({
  disclosureId,
  itemKey,
  version,
  onUse,
}: {
  readonly disclosureId: string;
  readonly itemKey: string;
  readonly version: number;
  readonly onUse: ((body: Body) => void) | null;
}) => {
  const t = useMessages(messages);
  const text = useQuery(historyQueries.text(disclosureId, itemKey, version));
  return (
    <Loaded query={text} skeleton={<Lines count={2} />}>
      {({ body }) => (
        <>
          <div className={classes.old}>
            <PrintedBody body={body} />
          </div>
          {onUse && (
            <Button size="compact-xs" variant="default" onClick={() => onUse(body as Body)}>
              {t.historyUse}
            </Button>
          )}
        </>
      )}
    </Loaded>
  );
};
