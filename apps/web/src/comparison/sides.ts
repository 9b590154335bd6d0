/** A side as an address writes it: `6`, `inForce`, `draft`, `v123`, or of another disclosure `minato@6`. */
export type Side = string;

type Known = { readonly id: string; readonly service: string; readonly serviceName: string };

/** What a side names of which disclosure: null for the one in whose place it is read. */
const read = (side: Side): { readonly disclosure: string | null; readonly text: string } => {
  const at = side.lastIndexOf('@');
  return at < 0 ? { disclosure: null, text: side } : { disclosure: side.slice(0, at), text: side.slice(at + 1) };
};

const isCalled =
  (name: string) =>
  ({ id, service }: Pick<Known, 'id' | 'service'>): boolean =>
    name === id || name === service;

/** Neither of the texts became the other. A side may also name its own disclosure. */
export const isOfTwoDisclosures = (
  { from, to }: { readonly from: Side; readonly to: Side },
  own: Pick<Known, 'id' | 'service'> | undefined,
): boolean => {
  const [one, other] = [from, to].map((side) => {
    const { disclosure } = read(side);
    return disclosure !== null && own && isCalled(disclosure)(own) ? null : disclosure;
  });
  return one !== other;
};

/** How a side of another disclosure is called: its service, and which text. */
export const labelOfElsewhere = (
  side: Side,
  known: readonly Known[],
  words: {
    readonly inForce: string;
    readonly draft: string;
    readonly edition: (number: number) => string;
    readonly moment: (version: string) => string;
  },
): string => {
  const { disclosure, text } = read(side);
  const name = known.find(isCalled(disclosure ?? ''))?.serviceName ?? disclosure ?? '';
  const which =
    text === 'inForce' || text === 'draft'
      ? words[text]
      : /^v\d+$/.test(text)
        ? words.moment(text.slice(1))
        : /^\d+$/.test(text)
          ? words.edition(Number(text))
          : text;
  return `${name}　${which}`;
};
