import { bodyExtensions } from '@app/content/extensions';
import { parseBody, type BodyProblem } from '@app/content/parse-body';
import type { Body } from '@app/content/body';
import { Button } from '@mantine/core';
import { EditorContent, useEditor, type Editor } from '@tiptap/react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { api } from '../../api/api';
import { isProblem } from '../../api/client';
import { useRefresh } from '../../api/queries';
import type { EditConflict, ItemView } from '../../api/types';
import { shortTime, useLanguage, useMessages } from '../../messages/language';
import { useActions } from '../../search/actions';
import { notify } from '../../shell/notices';
import { PrintedBody } from '../../shell/printed-body';
import { ProblemText } from '../../shell/problem-text';
import { resolve, whenOtherTabKeeps, whenServerMoves, type Conflict, type ConflictChoice } from '../conflict';
import type { Draft } from '../drafts';
import { keptDrafts, onOtherTab } from '../kept-drafts';
import { messages } from '../messages';
import { isRefusal, underWayUntil } from '../saves';
import { ConflictView } from './conflict-view';
import { FigureDialog, type FigureTarget } from './figure-dialog';
import classes from './item-editor.module.css';
import { LinkDialog } from './link-dialog';
import { cleanPasted, tooMuch } from './pasted';
import { Toolbar } from './toolbar';

const KEEP_AFTER_MS = 400;
/** So long without a stroke, and the text is saved. */
const REST_MS = 60_000;

/** ProseMirror needs a place for the cursor; `parseBody` takes it away again when nothing was typed. */
const forEditor = (body: { readonly content: readonly unknown[] }) =>
  (body.content.length === 0 ? { type: 'doc', content: [{ type: 'paragraph' }] } : body) as Record<string, unknown>;

const hashOf = (body: unknown): string => {
  const parsed = parseBody(body);
  return parsed.ok ? parsed.bodyHash : 'invalid';
};

type Place = Parameters<typeof keptDrafts.find>[0];

/** What was kept of an item, unless the item says just that by now: then it was saved, and only the answer was lost. */
const unsavedDraftOf = (place: Place, savedHash: string) => {
  const kept = keptDrafts.find(place);
  return kept && hashOf(kept.body) !== savedHash ? kept : null;
};

/**
 * For an editor that was left while its text was being sent: what it kept then is that text, or stands on it.
 * @returns what is still to be saved
 */
const settleDraft = (place: Place, savedHash: string): Draft | null => {
  const kept = unsavedDraftOf(place, savedHash);
  const settled = kept && { ...kept, basedOn: savedHash };
  if (settled) keptDrafts.keep(place, settled);
  else keptDrafts.forget(place);
  return settled;
};

/** Saves what was being written when the item was left. @param keepalive the page goes as well */
const saveLeft = async (place: Place, { body, basedOn }: Omit<Draft, 'at'>, keepalive: boolean): Promise<void> => {
  await api.reviseItem(place.disclosureId, place.itemKey, body, basedOn, { keepalive });
  settleDraft(place, hashOf(body));
};

type Saving = 'saved' | 'unsaved' | 'saving';

/**
 * Writes one item in place. What is typed is kept on this device at once, and saved when the person rests, leaves the item, submits or says so;
 * when somebody else saved first, both texts are shown and the person chooses.
 */
const ItemEditor = ({
  name,
  item,
  place,
  submitting,
  onUnsaved,
  putIn,
  onPutIn,
  writeNow,
  onGoOn,
}: {
  readonly name: string;
  readonly item: ItemView;
  readonly place: Place;
  /** The disclosure is about to be submitted: what was written belongs to it. */
  readonly submitting: boolean;
  /** The text on the screen begins or ceases to differ from the saved one. */
  readonly onUnsaved: (unsaved: boolean) => void;
  /** A text to be put in the place of what stands in the editor. */
  readonly putIn: Body | null;
  /** It has been put in: once is enough. */
  readonly onPutIn: () => void;
  /** The cursor is in the text from the beginning. */
  readonly writeNow: boolean;
  /** To the next item. */
  readonly onGoOn: () => void;
}) => {
  const t = useMessages(messages);
  const language = useLanguage();
  const refresh = useRefresh();

  const [draft] = useState(() => unsavedDraftOf(place, item.bodyHash));
  /** The hash of the saved text that the editor's text stands on. */
  const base = useRef(draft?.basedOn ?? item.bodyHash);
  const [saving, setSaving] = useState<Saving>(draft ? 'unsaved' : 'saved');
  const [restoredAt, setRestoredAt] = useState(draft && draft.basedOn === item.bodyHash ? draft.at : null);
  const [keepFailed, setKeepFailed] = useState(false);
  const [conflict, setConflict] = useState<Conflict | null>(
    draft && draft.basedOn !== item.bodyHash
      ? { mine: draft.body, theirs: item.body as Body, theirsHash: item.bodyHash }
      : null,
  );
  const [beside, setBeside] = useState<Body | null>(null);
  const [error, setError] = useState<unknown>();
  const [faults, setFaults] = useState<readonly BodyProblem[]>([]);
  const [linkOpen, setLinkOpen] = useState(false);
  const [figure, setFigure] = useState<FigureTarget | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** What was found on this device is saved by itself only when the person has gone on with it. */
  const written = useRef(false);
  const [found] = useState(() => draft && { hash: hashOf(draft.body), basedOn: draft.basedOn });
  /** An item that is left and opened again finds its text on this device while it is still being sent: saved, it is what is written on here. */
  const isFound = (hash: string): boolean => hash === found?.hash && base.current === found.basedOn;
  /** The draft on the shelf as this tab last saw it: when it was kept, and the hash of its text. Any other is from another tab. */
  const shelf = useRef(draft ? { at: draft.at, hash: hashOf(draft.body) } : null);
  /** Something happened while a word was being composed, and is looked at afterwards. */
  const waiting = useRef(false);
  const [looks, setLooks] = useState(0);
  const [notPasted, setNotPasted] = useState<ReturnType<typeof tooMuch>>(null);

  const editor = useEditor(
    {
      extensions: bodyExtensions(),
      content: forEditor(draft?.body ?? item.body),
      shouldRerenderOnTransaction: false,
      editorProps: {
        attributes: {
          class: 'printed',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': t.body(name),
          lang: 'ja',
        },
        handleDOMEvents: {
          // Before anything is built from it.
          paste: (_view, event) => {
            const data = event.clipboardData;
            const refused = data ? tooMuch(data.getData('text/html'), data.getData('text/plain')) : null;
            setNotPasted(refused);
            if (refused) event.preventDefault();
            return refused !== null;
          },
        },
        transformPastedHTML: cleanPasted,
        // Spreadsheets and word processors put a picture of the text beside the text.
        handlePaste: (_view, event) =>
          event.clipboardData?.getData('text/plain') ? false : takeImage(event.clipboardData?.files),
        handleDrop: (_view, event) => takeImage(event.dataTransfer?.files),
        handleDoubleClickOn: (_view, _at, node) => {
          if (node.type.name !== 'figure') return false;
          setFigure({ kind: 'existing', attrs: node.attrs });
          return true;
        },
      },
      onUpdate: () => {
        setSaving((before) => (before === 'saving' ? before : 'unsaved'));
        setFaults([]);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => keepRef.current(), KEEP_AFTER_MS);
        written.current = true;
        awaitRest();
      },
    },
    [],
  );
  const takeImage = (files: FileList | undefined): boolean => {
    const image = [...(files ?? [])].find((file) => /^(image\/(png|jpeg|svg\+xml)|application\/pdf)$/.test(file.type));
    if (image) setFigure({ kind: 'new', file: image });
    return image !== undefined;
  };

  /** Compares with the saved text; keeps what differs on this device. */
  const keep = (): void => {
    clearTimeout(timer.current);
    if (!editor || editor.isDestroyed) return;
    if (waiting.current) {
      if (editor.view.composing) timer.current = setTimeout(() => keepRef.current(), KEEP_AFTER_MS);
      else {
        waiting.current = false;
        setLooks((count) => count + 1);
      }
    }
    // Two tabs wrote at the same time: until one is chosen, neither overwrites the other.
    if (conflict?.with === 'otherTab' || lookAtOtherTab()) return;
    const json = editor.getJSON();
    const hash = hashOf(json);
    const same = hash === base.current;
    setSaving((before) => (before === 'saving' ? before : same ? 'saved' : 'unsaved'));
    if (same) {
      keptDrafts.forget(place);
      shelf.current = null;
      setKeepFailed(false);
      setRestoredAt(null);
    } else {
      setKeepFailed(!putOnShelf(json as Body, hash));
    }
  };
  const replace = (body: { readonly content: readonly unknown[] }): void => {
    editor?.commands.setContent(forEditor(body));
  };
  const putOnShelf = (body: Body, hash: string): boolean => {
    const at = new Date().toISOString();
    shelf.current = { at, hash };
    return keptDrafts.keep(place, { body, basedOn: base.current, at });
  };

  /**
   * Takes in what this person has written of the item in another tab.
   * @returns true when there was something, and this tab's own text has not to be kept now
   */
  const lookAtOtherTab = (): boolean => {
    if (!editor || editor.isDestroyed || saving === 'saving') return false;
    const there = keptDrafts.find(place);
    if (!there || there.at === shelf.current?.at || conflict) return false;
    if (editor.view.composing) {
      waiting.current = true;
      return true;
    }
    const mine = editor.getJSON() as Body;
    const theirs = hashOf(there.body);
    const now = { base: base.current, mine: hashOf(mine), shared: shelf.current?.hash ?? null };
    const todo = whenOtherTabKeeps(theirs, now);
    shelf.current = { at: there.at, hash: theirs };
    if (todo === 'conflict') {
      setConflict({ mine, theirs: there.body, theirsHash: there.basedOn, with: 'otherTab' });
      return true;
    }
    if (todo === 'takeOver') replace(there.body);
    clearTimeout(timer.current);
    base.current = there.basedOn;
    setSaving('unsaved');
    return true;
  };
  const onOtherTabEvent = useEffectEvent(() => {
    if (!lookAtOtherTab() && shelf.current && !keptDrafts.find(place)) void refresh(); // it was saved there
  });
  useEffect(() => onOtherTab(() => onOtherTabEvent()), []);
  const keepRef = useRef(keep);
  keepRef.current = keep;

  /** Two texts that wait for a choice wait for it, and one that is being put together from another is finished first. */
  const isUndecided = conflict !== null || beside !== null;
  const onRest = (): void => {
    if (!editor || editor.isDestroyed || isUndecided) return;
    if (editor.view.composing || saving === 'saving' || submitting) awaitRest();
    else void save();
  };
  const restRef = useRef(onRest);
  restRef.current = onRest;
  const awaitRest = (): void => {
    clearTimeout(rest.current);
    rest.current = setTimeout(() => restRef.current(), REST_MS);
  };
  const sayOnlyHere = (problem: unknown): void =>
    notify.problem(problem, keptDrafts.find(place) ? t.onlyHere(name) : t.lost(name));
  const leave = (keepalive: boolean): void => {
    // Within the pause after the last key that key must not be lost.
    keep();
    clearTimeout(rest.current);
    if (!editor || editor.isDestroyed || isUndecided || !written.current || saving === 'saving') return;
    const body = editor.getJSON() as Body;
    if (editor.view.composing || hashOf(body) === base.current) return;
    void underWayUntil(saveLeft(place, { body, basedOn: base.current }, keepalive).then(refresh, sayOnlyHere));
  };
  const leaveRef = useRef(leave);
  leaveRef.current = leave;
  useEffect(() => {
    if (!draft) keptDrafts.forget(place);
    const leavePage = (): void => leaveRef.current(true);
    addEventListener('pagehide', leavePage);
    return () => {
      removeEventListener('pagehide', leavePage);
      leaveRef.current(false);
    };
  }, []);

  const save = async (): Promise<void> => {
    if (editor && saving !== 'saving' && !conflict) await underWayUntil(saveWith(editor));
  };
  const saveWith = async (editor: Editor): Promise<void> => {
    clearTimeout(rest.current);
    setError(undefined);
    const parsed = parseBody(editor.getJSON());
    if (!parsed.ok) return setFaults(parsed.problems);
    if (parsed.bodyHash === base.current) return keep();
    setSaving('saving');
    const shared = shelf.current?.hash;
    putOnShelf(parsed.body, parsed.bodyHash);
    try {
      await api.reviseItem(place.disclosureId, place.itemKey, parsed.body, base.current);
      base.current = parsed.bodyHash;
      setBeside(null);
      setSaving('saved');
      // What was typed while it was being sent stays unsaved.
      if (editor.isDestroyed) {
        const more = settleDraft(place, parsed.bodyHash);
        if (more) await saveLeft(place, more, false);
      } else keepRef.current();
      await refresh();
    } catch (problem) {
      if (editor.isDestroyed) return sayOnlyHere(problem);
      setSaving('unsaved');
      if (isProblem(problem, 'EditConflict')) {
        const { body, bodyHash } = problem.extensions as unknown as EditConflict;
        if (bodyHash === shared || isFound(bodyHash)) {
          // Saved in another tab, and this text goes on from there.
          base.current = bodyHash;
          return setSaveAsked(true);
        }
        setConflict({ mine: parsed.body, theirs: body as Body, theirsHash: bodyHash });
        void refresh();
      } else {
        setError(problem);
        if (!isRefusal(problem)) awaitRest();
      }
    }
  };

  const choose = (choice: ConflictChoice): void => {
    if (!conflict) return;
    const { body, basedOn, saveNow, beside } = resolve(choice, conflict);
    base.current = basedOn;
    replace(body);
    setBeside(beside);
    setConflict(null);
    setRestoredAt(null);
    keep();
    editor?.commands.focus('start');
    if (saveNow) setSaveAsked(true);
  };
  // After the state of the conflict is gone, so that `save` sees none; and after a save of what was written before.
  const [saveAsked, setSaveAsked] = useState(false);
  const saveEvent = useEffectEvent(() => void save());
  useEffect(() => {
    if (!saveAsked || saving === 'saving') return;
    setSaveAsked(false);
    saveEvent();
  }, [saveAsked, saving]);
  const onSubmitting = useEffectEvent(() => {
    if (written.current && !isUndecided) setSaveAsked(true);
  });
  useEffect(() => {
    if (submitting) onSubmitting();
  }, [submitting]);
  const onUnsavedEvent = useEffectEvent(onUnsaved);
  useEffect(() => onUnsavedEvent(saving !== 'saved'), [saving]);
  useEffect(() => () => onUnsavedEvent(false), []);

  const onServerMove = useEffectEvent((server: ItemView) => {
    if (!editor || saving === 'saving' || conflict) return;
    if (editor.view.composing) {
      waiting.current = true;
      return;
    }
    const mine = hashOf(editor.getJSON());
    const shared = isFound(server.bodyHash) ? server.bodyHash : (shelf.current?.hash ?? null);
    switch (whenServerMoves(server.bodyHash, { base: base.current, mine, shared })) {
      case 'nothing':
        return;
      case 'rebase':
        base.current = server.bodyHash;
        return keep();
      case 'takeOver':
        base.current = server.bodyHash;
        replace(server.body);
        keep();
        return notify.done(t.takenOver(server.lastEdit ? t.named(server.lastEdit.by.name) : t.someone));
      case 'conflict':
        return setConflict({
          mine: editor.getJSON() as Body,
          theirs: server.body as Body,
          theirsHash: server.bodyHash,
        });
    }
  });
  useEffect(() => onServerMove(item), [item.bodyHash, looks]);

  const onAskedToPutIn = useEffectEvent((body: Body) => {
    onPutIn();
    // While two texts wait for a choice, a third has no place.
    if (conflict) return;
    replace(body);
    keep();
    editor?.commands.focus('start');
    notify.done(t.historyUsed);
  });
  useEffect(() => {
    if (putIn) onAskedToPutIn(putIn);
  }, [putIn]);

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 's') {
      event.preventDefault();
      void save();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);

  useEffect(() => {
    if (writeNow) editor?.commands.focus('start');
  }, [editor]);
  const [goingOn, setGoingOn] = useState(false);
  const onGoingOn = useEffectEvent(() => {
    if (saving === 'saving') return;
    setGoingOn(false);
    if (saving === 'saved' && !conflict) onGoOn();
  });
  useEffect(() => {
    if (goingOn) onGoingOn();
  }, [goingOn, saving]);
  useActions([
    { id: 'edit', label: t.edit, keys: 'e', run: () => editor?.commands.focus() },
    { id: 'save', label: t.save, keys: 'Ctrl+S', run: () => void save() },
    {
      ...{ id: 'saveAndGoOn', label: t.saveAndGoOn, keys: 'Alt+Enter' },
      run: () => void save().then(() => setGoingOn(true)),
    },
  ]);

  const backToSaved = (): void => {
    replace(item.body);
    base.current = item.bodyHash;
    keep();
  };

  if (!editor) return <PrintedBody body={draft?.body ?? item.body} />;
  if (conflict)
    return (
      <ConflictView
        conflict={conflict}
        theirName={item.lastEdit && item.bodyHash === conflict.theirsHash ? item.lastEdit.by.name : null}
        onChoose={choose}
      />
    );
  return (
    <div className={classes.editor}>
      {restoredAt !== null && saving !== 'saved' && (
        <div className={classes.bar} role="status">
          <span>{t.restored(shortTime(restoredAt, language))}</span>
          <Button size="xs" variant="default" onClick={backToSaved}>
            {t.backToSaved}
          </Button>
        </div>
      )}
      <div className={classes.tools}>
        <Toolbar
          editor={editor}
          onLink={() => setLinkOpen(true)}
          onFigure={() => setFigure(figureAt(editor) ?? { kind: 'new', file: null })}
        />
        <div className={classes.saving}>
          <span
            className={classes.state}
            role="status"
            data-state={saving}
            title={saving === 'unsaved' ? t.keptHelp : undefined}
          >
            {saving === 'saving' ? t.saving : saving === 'saved' ? t.saved : keepFailed ? '' : t.kept}
          </span>
          <Button
            size="sm"
            onClick={() => void save()}
            disabled={saving === 'saved'}
            loading={saving === 'saving'}
            aria-keyshortcuts="Control+S"
            title={t.saveKey}
          >
            {t.save}
          </Button>
        </div>
      </div>
      {notPasted && (
        <div className={classes.bar} role="alert">
          <span>
            {t.pastedTooMuch('cells' in notPasted ? t.cells(notPasted.cells) : t.characters(notPasted.characters))}
          </span>
          <Button size="xs" variant="default" onClick={() => setNotPasted(null)}>
            {t.closePasted}
          </Button>
        </div>
      )}
      {keepFailed && (
        <p className={classes.alert} role="alert">
          {t.notKept}
        </p>
      )}
      {error !== undefined && <ProblemText error={error} onRetry={() => void save()} />}
      {faults.length > 0 && (
        <div className={classes.alert} role="alert">
          {t.invalid}
          <ul>
            {faults.map((fault, at) => (
              <li key={at}>{language === 'ja' ? fault.ja : fault.en}</li>
            ))}
          </ul>
        </div>
      )}
      <div className={beside ? classes.together : undefined}>
        <EditorContent editor={editor} className={classes.text} />
        {beside && (
          <aside className={classes.beside} aria-label={t.beside}>
            <p className={classes.besideHead}>
              {t.beside}
              <Button size="compact-xs" variant="default" onClick={() => setBeside(null)}>
                {t.closeBeside}
              </Button>
            </p>
            <PrintedBody body={beside} />
          </aside>
        )}
      </div>
      {linkOpen && <LinkDialog editor={editor} onClose={() => setLinkOpen(false)} />}
      {figure && <FigureDialog editor={editor} target={figure} onClose={() => setFigure(null)} />}
    </div>
  );
};

/** The figure that is selected, if one is. */
const figureAt = (editor: Editor): FigureTarget | null =>
  editor.isActive('figure') ? { kind: 'existing', attrs: editor.getAttributes('figure') } : null;

export default ItemEditor;
