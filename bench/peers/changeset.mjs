import { ChangeSet, simplifyChanges } from 'prosemirror-changeset';
import { Schema } from 'prosemirror-model';
import { Transform } from 'prosemirror-transform';

/** prosemirror-changeset, told of one step that replaces everything; its own diff then finds what is the same. */
export const openChangeset = () => {
  const schema = new Schema({
    nodes: { doc: { content: 'paragraph*' }, paragraph: { content: 'text*' }, text: {} },
  });
  const docOf = (lines) =>
    schema.node(
      'doc',
      null,
      lines.map((line) => schema.node('paragraph', null, [schema.text(line)])),
    );
  return {
    prepare: docOf,
    compare: (old, one) => {
      const transform = new Transform(old).replaceWith(0, old.content.size, one.content);
      const { changes } = ChangeSet.create(old).addSteps(transform.doc, transform.mapping.maps, null);
      return simplifyChanges(changes, transform.doc);
    },
    count: (changes) => changes.reduce((total, { fromA, toA, fromB, toB }) => total + (toA - fromA) + (toB - fromB), 0),
  };
};
