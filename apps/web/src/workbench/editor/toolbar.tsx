import { Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBlockquote,
  IconBold,
  IconH3,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  IconPhoto,
  IconTable,
} from '@tabler/icons-react';
import { useEditorState, type Editor } from '@tiptap/react';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useMessages } from '../../messages/language';
import { useActions } from '../../search/actions';
import { messages } from '../messages';
import classes from './toolbar.module.css';

const ICON = { size: 18, stroke: 1.7 } as const;

/** One stop in the tab order; the arrow keys move within (WAI-ARIA toolbar pattern), and Escape leads back to the text. */
const Tools = ({
  label,
  below = false,
  onEscape,
  children,
}: {
  readonly label: string;
  readonly onEscape: () => void;
  /** A row of its own. */
  readonly below?: boolean;
  readonly children: ReactNode;
}) => {
  const bar = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') return onEscape();
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || !bar.current) return;
    event.preventDefault();
    const tools = [...bar.current.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
    const at = tools.indexOf(document.activeElement as HTMLButtonElement);
    const to = Number.isFinite(step) ? (at + step + tools.length) % tools.length : step < 0 ? 0 : tools.length - 1;
    for (const [index, tool] of tools.entries()) tool.tabIndex = index === to ? 0 : -1;
    tools[to]?.focus();
  };
  return (
    <div ref={bar} role="toolbar" aria-label={label} className={classes.bar} data-below={below} onKeyDown={move}>
      {children}
    </div>
  );
};

const Tool = ({
  label,
  active,
  disabled = false,
  first = false,
  onClick,
  children,
}: {
  readonly label: string;
  readonly active?: boolean;
  readonly disabled?: boolean;
  /** The one that Tab reaches before an arrow key was used. */
  readonly first?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) => (
  <Tooltip label={label} openDelay={300} withinPortal>
    <button
      type="button"
      className={classes.tool}
      aria-label={label}
      aria-pressed={active}
      disabled={disabled}
      tabIndex={first ? 0 : -1}
      // The selection in the text must survive the click.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      {children}
    </button>
  </Tooltip>
);

const rowTools = ['addRowBefore', 'addRowAfter', 'deleteRow'] as const;
const columnTools = ['addColumnBefore', 'addColumnAfter', 'deleteColumn'] as const;
const cellTools = ['mergeCells', 'splitCell', 'toggleHeaderCell', 'deleteTable'] as const;

export const Toolbar = ({
  editor,
  onLink,
  onFigure,
}: {
  readonly editor: Editor;
  readonly onLink: () => void;
  readonly onFigure: () => void;
}) => {
  const t = useMessages(messages);
  const now = useEditorState({
    editor,
    selector: ({ editor }) => ({
      undo: editor.can().undo(),
      redo: editor.can().redo(),
      bold: editor.isActive('bold'),
      italic: editor.isActive('italic'),
      link: editor.isActive('link'),
      heading: editor.isActive('heading'),
      bulletList: editor.isActive('bulletList'),
      orderedList: editor.isActive('orderedList', { style: 'decimal' }),
      circledList: editor.isActive('orderedList', { style: 'circled' }),
      note: editor.isActive('note'),
      blockquote: editor.isActive('blockquote'),
      figure: editor.isActive('figure'),
      table: editor.isActive('table'),
      merge: editor.can().mergeCells(),
      split: editor.can().splitCell(),
      header: editor.isActive('tableHeader'),
    }),
  });
  const chain = () => editor.chain().focus();
  const toggleList = (style: 'decimal' | 'circled'): void => {
    if (editor.isActive('orderedList') && !editor.isActive('orderedList', { style })) {
      chain().updateAttributes('orderedList', { style }).run();
    } else {
      chain().toggleOrderedList().updateAttributes('orderedList', { style }).run();
    }
  };
  const table = {
    addRowBefore: () => chain().addRowBefore().run(),
    addRowAfter: () => chain().addRowAfter().run(),
    deleteRow: () => chain().deleteRow().run(),
    addColumnBefore: () => chain().addColumnBefore().run(),
    addColumnAfter: () => chain().addColumnAfter().run(),
    deleteColumn: () => chain().deleteColumn().run(),
    mergeCells: () => chain().mergeCells().run(),
    splitCell: () => chain().splitCell().run(),
    toggleHeaderCell: () => chain().toggleHeaderCell().run(),
    deleteTable: () => chain().deleteTable().run(),
  };
  const toText = () => void editor.commands.focus();
  const bars = useRef<HTMLDivElement>(null);
  const offered = (['mergeCells', 'splitCell', 'toggleHeaderCell'] as const).filter(
    (name) => now.table && (name !== 'mergeCells' || now.merge) && (name !== 'splitCell' || now.split),
  );
  useActions([
    {
      ...{ id: 'tools', label: now.table ? t.toTableTools : t.toTools, keys: 'Alt+F10' },
      run: () =>
        [...(bars.current?.querySelectorAll<HTMLElement>('[role=toolbar]') ?? [])]
          .at(-1)
          ?.querySelector<HTMLElement>('[tabindex="0"]')
          ?.focus(),
    },
    ...offered.map((name) => ({ id: name, label: t.tableTools[name], run: () => void table[name]() })),
  ]);
  const tableTool = (name: keyof typeof table): ReactNode => (
    <button
      key={name}
      type="button"
      className={classes.word}
      aria-pressed={name === 'toggleHeaderCell' ? now.header : undefined}
      disabled={(name === 'mergeCells' && !now.merge) || (name === 'splitCell' && !now.split)}
      tabIndex={name === 'addRowBefore' ? 0 : -1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={table[name]}
    >
      {t.tableTools[name]}
    </button>
  );
  return (
    <div ref={bars} className={classes.bars}>
      <Tools label={t.toolbar} onEscape={toText}>
        <Tool first label={t.tools.bold} active={now.bold} onClick={() => chain().toggleBold().run()}>
          <IconBold {...ICON} />
        </Tool>
        <Tool label={t.tools.italic} active={now.italic} onClick={() => chain().toggleItalic().run()}>
          <IconItalic {...ICON} />
        </Tool>
        <Tool label={t.tools.link} active={now.link} onClick={onLink}>
          <IconLink {...ICON} />
        </Tool>
        <span className={classes.gap} />
        <Tool label={t.tools.heading} active={now.heading} onClick={() => chain().toggleHeading({ level: 3 }).run()}>
          <IconH3 {...ICON} />
        </Tool>
        <Tool label={t.tools.bulletList} active={now.bulletList} onClick={() => chain().toggleBulletList().run()}>
          <IconList {...ICON} />
        </Tool>
        <Tool label={t.tools.orderedList} active={now.orderedList} onClick={() => toggleList('decimal')}>
          <IconListNumbers {...ICON} />
        </Tool>
        <Tool label={t.tools.circledList} active={now.circledList} onClick={() => toggleList('circled')}>
          <span className={classes.glyph}>①</span>
        </Tool>
        <Tool label={t.tools.note} active={now.note} onClick={() => chain().toggleNode('note', 'paragraph').run()}>
          <span className={classes.glyph}>※</span>
        </Tool>
        <Tool label={t.tools.blockquote} active={now.blockquote} onClick={() => chain().toggleBlockquote().run()}>
          <IconBlockquote {...ICON} />
        </Tool>
        <span className={classes.gap} />
        <Tool
          label={t.tools.table}
          disabled={now.table}
          onClick={() => chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()}
        >
          <IconTable {...ICON} />
        </Tool>
        <Tool label={now.figure ? t.tools.editFigure : t.tools.figure} active={now.figure} onClick={onFigure}>
          <IconPhoto {...ICON} />
        </Tool>
        <span className={classes.gap} />
        <Tool label={t.tools.undo} disabled={!now.undo} onClick={() => chain().undo().run()}>
          <IconArrowBackUp {...ICON} />
        </Tool>
        <Tool label={t.tools.redo} disabled={!now.redo} onClick={() => chain().redo().run()}>
          <IconArrowForwardUp {...ICON} />
        </Tool>
      </Tools>
      {now.table && (
        <Tools label={t.tableToolbar} below onEscape={toText}>
          {rowTools.map(tableTool)}
          <span className={classes.gap} />
          {columnTools.map(tableTool)}
          <span className={classes.gap} />
          {cellTools.map(tableTool)}
        </Tools>
      )}
    </div>
  );
};
