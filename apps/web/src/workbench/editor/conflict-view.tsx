import { Button, Text } from '@mantine/core';
import { useMessages } from '../../messages/language';
import { PrintedBody } from '../../shell/printed-body';
import type { Conflict, ConflictChoice } from '../conflict';
import { messages } from '../messages';
import classes from './conflict-view.module.css';

/** Both texts side by side, and the three ways on. */
export const ConflictView = ({
  conflict,
  theirName,
  onChoose,
}: {
  readonly conflict: Conflict;
  readonly theirName: string | null;
  readonly onChoose: (choice: ConflictChoice) => void;
}) => {
  const t = useMessages(messages);
  return (
    <section className={classes.conflict} aria-labelledby="conflict-title">
      <div role="alert">
        <h3 id="conflict-title" className={classes.title}>
          {conflict.with === 'otherTab' ? t.tabConflictTitle : t.conflictTitle}
        </h3>
        <Text size="sm">{t.conflictText}</Text>
      </div>
      <div className={classes.sides}>
        <div className={classes.side}>
          <h4>
            {conflict.with === 'otherTab' ? t.otherTab : t.theirs(theirName === null ? t.someone : t.named(theirName))}
          </h4>
          <PrintedBody body={conflict.theirs} />
          <Button variant="default" mt="md" onClick={() => onChoose('theirs')}>
            {t.takeTheirs}
          </Button>
        </div>
        <div className={classes.side}>
          <h4>{conflict.with === 'otherTab' ? t.thisTab : t.mine}</h4>
          <PrintedBody body={conflict.mine} />
          <Button variant="default" mt="md" onClick={() => onChoose('mine')}>
            {t.takeMine}
          </Button>
        </div>
      </div>
      <div className={classes.goOn}>
        <Button onClick={() => onChoose('goOnWithMine')}>{t.goOn}</Button>
        <Text size="sm" c="dimmed">
          {t.goOnHelp}
        </Text>
      </div>
    </section>
  );
};
