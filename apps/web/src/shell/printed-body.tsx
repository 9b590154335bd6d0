import type { Block, Mark } from '@app/content/body';
import { Fragment, type ReactNode } from 'react';

/**
 * The body of an item as it will be printed, without an editor. Draws the elements and classes of `@app/content/extensions`.
 * Nothing of a body is ever put in as HTML; a link that is not plainly a link is printed as text.
 */
export const PrintedBody = ({ body }: { readonly body: { readonly content: readonly unknown[] } }) => (
  <div className="printed" lang="ja">
    {drawn(body.content as readonly Block[])}
  </div>
);

const drawn = (blocks: readonly Block[] | undefined): ReactNode =>
  blocks?.map((block, at) => <Fragment key={at}>{drawOne(block)}</Fragment>);

const drawOne = (block: Block): ReactNode => {
  const { attrs = {}, content } = block;
  switch (block.type) {
    case 'text':
      return (block.marks ?? []).reduce<ReactNode>((inner, mark) => marked(inner, mark), block.text);
    case 'hardBreak':
      return <br />;
    case 'heading':
      return <h3>{drawn(content)}</h3>;
    case 'note':
      return <p className="note">{drawn(content)}</p>;
    case 'bulletList':
      return <ul>{drawn(content)}</ul>;
    case 'orderedList':
      return (
        <ol start={Number(attrs['start'] ?? 1)} className={attrs['style'] === 'circled' ? 'circled' : undefined}>
          {drawn(content)}
        </ol>
      );
    case 'listItem':
      return <li>{drawn(content)}</li>;
    case 'blockquote':
      return <blockquote>{drawn(content)}</blockquote>;
    case 'table':
      return (
        <div className="scrolls" tabIndex={0} role="group">
          <table>
            <tbody>{drawn(content)}</tbody>
          </table>
        </div>
      );
    case 'tableRow':
      return <tr>{drawn(content)}</tr>;
    case 'tableHeader':
    case 'tableCell': {
      // A header that says nothing would be read out as one.
      const Cell = block.type === 'tableHeader' && !isBlank(block) ? 'th' : 'td';
      return (
        <Cell colSpan={Number(attrs['colspan'] ?? 1)} rowSpan={Number(attrs['rowspan'] ?? 1)}>
          {drawn(content)}
        </Cell>
      );
    }
    case 'figure':
      return (
        <figure>
          <img
            src={`/api/figures/${encodeURIComponent(String(attrs['sha256']))}`}
            alt={String(attrs['alt'] ?? '')}
            loading="lazy"
          />
          {attrs['caption'] ? <figcaption>{String(attrs['caption'])}</figcaption> : null}
        </figure>
      );
    default:
      return <p>{drawn(content)}</p>;
  }
};

const isBlank = ({ content }: Block): boolean =>
  (content ?? []).every((block) => block.type === 'paragraph' && (block.content ?? []).length === 0);

const marked = (inner: ReactNode, mark: Mark): ReactNode => {
  switch (mark.type) {
    case 'bold':
      return <strong>{inner}</strong>;
    case 'italic':
      return <em>{inner}</em>;
    case 'link': {
      const href = String(mark.attrs?.['href'] ?? '');
      if (!/^(https?:|mailto:|tel:)/i.test(href)) return inner;
      return (
        <a href={href} target="_blank" rel="noopener noreferrer">
          {inner}
        </a>
      );
    }
    default:
      return inner;
  }
};
