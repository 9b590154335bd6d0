import { IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { ComparisonView } from '../../api/types';
import { commentable } from '../../comments/passage-button';
import { useMessages } from '../../messages/language';
import { reviewMessages } from '../messages';
import classes from './comparison.module.css';
import { foldUnchanged } from './fold-unchanged';
import { mergeMarked } from './merge-marked';
import { parseHtml, SafeHtml, SafeNodes } from './safe-html';

export type ComparedItem = ComparisonView['items'][number];
export type ComparedBlock = ComparedItem['blocks'][number];
export type Layout = 'sideBySide' | 'inline';

/** Where a link to a changed item leads: `#item-II-4`. */
export const anchorOf = (item: Pick<ComparedItem, 'partNumber' | 'number'>): string =>
  `item-${item.partNumber}-${item.number}`;
export const labelOf = (item: Pick<ComparedItem, 'partNumber' | 'number'>): string =>
  `${item.partNumber}-${item.number}`;

/**
 * 新旧対照: what changed, item by item. Side by side where there is room, in one column where there is not; the reader
 * may choose. Changed words carry `<ins>` and `<del>`, which are underlined, struck out and named to screen readers.
 */
export const Comparison = ({
  items,
  layout,
  fromLabel,
  toLabel,
  beside,
  below,
}: {
  readonly items: readonly ComparedItem[];
  readonly layout: Layout;
  readonly fromLabel: string;
  readonly toLabel: string;
  /** Stands under an item's title: findings, for instance. */
  readonly beside?: ((item: ComparedItem) => ReactNode) | undefined;
  /** Stands under an item's difference: comments, for instance. The item's text can then be commented on. */
  readonly below?: ((item: ComparedItem) => ReactNode) | undefined;
}) => (
  <div className={classes.comparison}>
    {items.map((item) => (
      <ItemComparison
        key={item.itemKey}
        item={item}
        layout={layout}
        fromLabel={fromLabel}
        toLabel={toLabel}
        beside={beside?.(item)}
        below={below?.(item)}
      />
    ))}
  </div>
);

const ItemComparison = ({
  item,
  layout,
  fromLabel,
  toLabel,
  beside,
  below,
}: {
  readonly item: ComparedItem;
  readonly layout: Layout;
  readonly fromLabel: string;
  readonly toLabel: string;
  readonly beside: ReactNode;
  readonly below: ReactNode;
}) => {
  const m = useMessages(reviewMessages);
  const headingId = `${anchorOf(item)}-title`;
  const oneSided = item.kind !== 'changed';
  return (
    <section className={classes.item} id={anchorOf(item)} aria-labelledby={headingId} tabIndex={-1}>
      <header className={classes.itemHeader}>
        <h3 id={headingId} className={classes.itemTitle}>
          <span className={classes.itemNumber}>{labelOf(item)}</span>
          {item.title}
        </h3>
        <KindMark kind={item.kind} />
      </header>
      {beside}
      {layout === 'sideBySide' && !oneSided && (
        <div className={classes.columnHeads} aria-hidden="true">
          <span>{`${m.oldEdition}　${fromLabel}`}</span>
          <span>{`${m.newEdition}　${toLabel}`}</span>
        </div>
      )}
      <div className={classes.blocks} {...(below === undefined ? {} : commentable(item.itemKey))}>
        {foldUnchanged(item.blocks).map((group, index) =>
          group.kind === 'folded' ? (
            <Folded key={index} blocks={group.blocks} layout={oneSided ? 'inline' : layout} />
          ) : (
            <BlockComparison key={index} block={group.block} layout={oneSided ? 'inline' : layout} />
          ),
        )}
      </div>
      {below}
    </section>
  );
};

const kindIcons = { changed: IconPencil, added: IconPlus, removed: IconMinus };

/** 変更 / 追加 / 削除, by word, shape and colour. */
export const KindMark = ({ kind }: { readonly kind: ComparedItem['kind'] }) => {
  const m = useMessages(reviewMessages);
  const Icon = kindIcons[kind];
  return (
    <span className={classes.kindMark} data-kind={kind}>
      <Icon size={14} aria-hidden="true" />
      {{ changed: m.itemChanged, added: m.itemAdded, removed: m.itemRemoved }[kind]}
    </span>
  );
};

const Folded = ({ blocks, layout }: { readonly blocks: readonly ComparedBlock[]; readonly layout: Layout }) => {
  const m = useMessages(reviewMessages);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? m.hideUnchangedBlocks : m.unchangedBlocks(blocks.length)}
      </button>
      {open && blocks.map((block, index) => <BlockComparison key={index} block={block} layout={layout} />)}
    </>
  );
};

const BlockComparison = ({ block, layout }: { readonly block: ComparedBlock; readonly layout: Layout }) => (
  <>
    {layout === 'inline' ? <InlineBlock block={block} /> : <BlockRow block={block} />}
    <Remarks block={block} />
  </>
);

/** What words cannot show: links, formatting, merged cells, moves. */
const Remarks = ({ block }: { readonly block: ComparedBlock }) =>
  block.remarks.length === 0 ? null : (
    <ul className={classes.remarks} lang="ja">
      {block.remarks.map((remark, index) => (
        <li key={index}>{remark}</li>
      ))}
    </ul>
  );

const BlockRow = ({ block }: { readonly block: ComparedBlock }) => {
  const m = useMessages(reviewMessages);
  const empty = <p className={classes.absent}>{m.nothingOnThisSide}</p>;
  return (
    <div className={classes.row} data-kind={block.kind}>
      <Side html={block.oldHtml} side="old" kind={block.kind} empty={empty} />
      <Side html={block.newHtml} side="new" kind={block.kind} empty={empty} />
    </div>
  );
};

const Side = ({
  html,
  side,
  kind,
  empty,
}: {
  readonly html: string;
  readonly side: 'old' | 'new';
  readonly kind: ComparedBlock['kind'];
  readonly empty: ReactNode;
}) => {
  const m = useMessages(reviewMessages);
  return (
    <div className={classes.side} data-side={side} data-kind={kind}>
      <span className="visually-hidden">{side === 'old' ? m.oldEdition : m.newEdition}</span>
      {html === '' ? empty : <SafeHtml html={html} />}
    </div>
  );
};

const InlineBlock = ({ block }: { readonly block: ComparedBlock }) => {
  const m = useMessages(reviewMessages);
  const isBoth = block.kind === 'changed' || block.kind === 'movedHere';
  const merged = useMemo(
    () => (isBoth ? mergeMarked(parseHtml(block.oldHtml), parseHtml(block.newHtml)) : null),
    [block, isBoth],
  );
  if (!isBoth) {
    return (
      <div className={classes.one} data-kind={block.kind}>
        <SafeHtml html={block.newHtml === '' ? block.oldHtml : block.newHtml} />
      </div>
    );
  }
  if (merged !== null) {
    return (
      <div className={classes.one} data-kind={block.kind}>
        <SafeNodes nodes={merged.childNodes} />
      </div>
    );
  }
  return (
    <div className={classes.stacked} data-kind={block.kind}>
      <div className={classes.one} data-side="old">
        <span className={classes.sideLabel}>{m.old}</span>
        <SafeHtml html={block.oldHtml} />
      </div>
      <div className={classes.one} data-side="new">
        <span className={classes.sideLabel}>{m.new}</span>
        <SafeHtml html={block.newHtml} />
      </div>
    </div>
  );
};

/** How changes are marked, in the marks themselves. */
export const Legend = () => {
  const m = useMessages(reviewMessages);
  return (
    <p className={`${classes.legend} printed`}>
      <ins>{m.legendAdded}</ins>
      <del>{m.legendRemoved}</del>
    </p>
  );
};
