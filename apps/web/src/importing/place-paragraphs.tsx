import type { Block } from '@app/content/body';
import { Button, Checkbox, NativeSelect, SegmentedControl } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useRefresh } from '../api/queries';
import type { DisclosureView } from '../api/types';
import { useMessages } from '../messages/language';
import { ProblemText } from '../shell/problem-text';
import { itemsInOrder } from '../workbench/items';
import { proposalCommands, type ProposalView } from './proposals-api';
import { messages } from './proposals-messages';
import classes from './proposals-page.module.css';

type OfFile = {
  readonly disclosure: DisclosureView;
  readonly fileId: string;
  readonly proposal: ProposalView;
};

/** Which paragraphs of a page go to which item: all of them, unless some are left for another one. */
export const PlaceParagraphs = ({ disclosure, fileId, proposal }: OfFile) => {
  const t = useMessages(messages);
  const refresh = useRefresh();
  const blocks = proposal.body.content as readonly Block[];
  const all = blocks.map((_, at) => at);
  const [chosen, setChosen] = useState<readonly number[]>(all);
  const [itemKey, setItemKey] = useState('');
  const { index, bodyHash, page } = proposal;
  const place = useMutation({
    mutationFn: () =>
      proposalCommands.place(disclosure.id, fileId, index, {
        itemKey,
        ...(chosen.length < all.length ? { paragraphs: { of: bodyHash, at: [...chosen] } } : {}),
      }),
    onSuccess: refresh,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (itemKey !== '' && chosen.length > 0) place.mutate();
      }}
    >
      <fieldset className={classes.paragraphs}>
        <legend className={classes.aside}>{t.chooseParagraphs}</legend>
        {blocks.map((block, at) => (
          <Checkbox
            key={at}
            label={textOf(block)}
            checked={chosen.includes(at)}
            onChange={(event) =>
              setChosen(event.currentTarget.checked ? [...chosen, at] : chosen.filter((each) => each !== at))
            }
          />
        ))}
        {all.length > 1 && (
          <Button
            size="compact-xs"
            variant="subtle"
            className={classes.all!}
            onClick={() => setChosen(chosen.length === all.length ? [] : all)}
          >
            {chosen.length === all.length ? t.chooseNone : t.chooseAll}
          </Button>
        )}
      </fieldset>
      {place.isError && <ProblemText error={place.error} />}
      <div className={classes.placing}>
        <NativeSelect
          size="sm"
          aria-label={t.placeOf(page ?? 0)}
          className={classes.place!}
          value={itemKey}
          onChange={(event) => setItemKey(event.currentTarget.value)}
          data={[{ value: '', label: t.placeLabel }, ...itemsToChoose(disclosure)]}
        />
        <Button
          size="sm"
          type="submit"
          data-waiting
          loading={place.isPending}
          disabled={itemKey === '' || chosen.length === 0}
        >
          {t.place(chosen.length)}
        </Button>
      </div>
    </form>
  );
};

/** Whether a text replaces what its item says or comes after it; and back to the choice of the item. */
export const PlacedHow = ({ disclosure, fileId, proposal, name }: OfFile & { readonly name: string }) => {
  const t = useMessages(messages);
  const refresh = useRefresh();
  const { index, item, append } = proposal;
  const place = useMutation({
    mutationFn: (how: { readonly itemKey: string | null; readonly append?: boolean }) =>
      proposalCommands.place(disclosure.id, fileId, index, how),
    onSuccess: refresh,
  });
  if (item === null) return null;
  return (
    <div className={classes.placing}>
      <SegmentedControl
        size="xs"
        aria-label={t.how(name)}
        disabled={place.isPending}
        value={append ? 'append' : 'replace'}
        onChange={(how) => place.mutate({ itemKey: item.itemKey, append: how === 'append' })}
        data={[
          { value: 'replace', label: t.replace },
          { value: 'append', label: t.append },
        ]}
      />
      <Button
        size="compact-sm"
        variant="subtle"
        loading={place.isPending && place.variables.itemKey === null}
        onClick={() => place.mutate({ itemKey: null })}
      >
        {t.placeAgain}
      </Button>
      {place.isError && <ProblemText error={place.error} />}
    </div>
  );
};

/** The items of a disclosure, as a list to choose from. */
export const itemsToChoose = ({ parts }: DisclosureView) =>
  itemsInOrder(parts).map(({ part, item }) => ({
    value: item.itemKey,
    label: `${part.number}-${item.number} ${item.title}`,
  }));

const textOf = (block: Block): string => block.text ?? (block.content ?? []).map(textOf).join('');
