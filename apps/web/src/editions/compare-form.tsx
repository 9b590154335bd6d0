import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { queries } from '../api/queries';
import type { DisclosureView } from '../api/types';
import { isOfTwoDisclosures, labelOfElsewhere } from '../comparison/sides';
import { useCommon, useMessages } from '../messages/language';
import classes from './editions.module.css';
import { editionsMessages } from './messages';

/**
 * Chooses two texts to compare: any two editions, or an edition and the text being revised; on the first side also the edition
 * that another disclosure published last.
 */
export const CompareForm = ({
  disclosure,
  from,
  to,
}: {
  readonly disclosure: DisclosureView;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}) => {
  const m = useMessages(editionsMessages);
  const t = useCommon();
  const navigate = useNavigate();
  const { data: all } = useQuery(queries.disclosures());
  const numbers = disclosure.editions.map(({ number }) => number).sort((a, b) => b - a);
  const drafted = disclosure.revision.status !== 'none';
  const [chosenFrom, setFrom] = useState(from ?? String(drafted ? numbers[0] : (numbers[1] ?? numbers[0])));
  const [chosenTo, setTo] = useState(to ?? (drafted ? 'draft' : String(numbers[0])));
  const [same, setSame] = useState(false);
  const editions = numbers.map((number) => ({ value: String(number), label: t.edition(number) }));
  // An address may name a moment (`v123`); it stays what it is until another text is chosen.
  const withMoment = (side: string | undefined) => [
    ...editions,
    ...(side && /^v\d+$/.test(side) ? [{ value: side, label: m.moment(side.slice(1)) }] : []),
  ];
  const known = all?.disclosures ?? [];
  const others = known
    .filter(
      ({ id, editionInForce, editionComing }) => id !== disclosure.id && (editionInForce ?? editionComing) !== null,
    )
    .map(({ id }) => `${id}@inForce`);
  // So may it name a text of another disclosure.
  const named = (side: string | undefined) => (side?.includes('@') ? [side] : []);
  const words = { ...{ inForce: m.inForceText, draft: m.draft }, edition: t.edition, moment: m.moment };
  const groupOf = (sides: readonly string[]) => {
    const items = [...new Set(sides)].map((value) => ({ value, label: labelOfElsewhere(value, known, words) }));
    return items.length > 0 ? [{ group: m.otherDisclosures, items }] : [];
  };
  const isOfTwo = isOfTwoDisclosures({ from: chosenFrom, to: chosenTo }, disclosure);

  const show = (event: FormEvent): void => {
    event.preventDefault();
    setSame(chosenFrom === chosenTo);
    if (chosenFrom === chosenTo) return;
    void navigate({
      to: '/disclosures/$id/compare',
      params: { id: disclosure.id },
      search: { from: chosenFrom, to: chosenTo },
    });
  };

  return (
    <form className={classes.compareForm} onSubmit={show}>
      <NativeSelect
        label={isOfTwo ? m.oneSide : m.from}
        data={[...withMoment(from), ...groupOf([...others, ...named(from)])]}
        value={chosenFrom}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <NativeSelect
        label={isOfTwo ? m.otherSide : m.to}
        data={[...(drafted ? [{ value: 'draft', label: m.draft }] : []), ...withMoment(to), ...groupOf(named(to))]}
        value={chosenTo}
        error={same && m.sameChosen}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <Button type="submit" variant="default">
        {isOfTwo ? m.showComparisonOfTwo : m.showComparison}
      </Button>
    </form>
  );
};
