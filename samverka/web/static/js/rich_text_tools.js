// What a text with form may hold, and the tools that give it form; js/rich_text.js is the editor around them.
(() => {
  const PM = window.ProseMirror;
  if (!PM) return;
  const { Schema } = PM.model;
  const { toggleMark, setBlockType, wrapIn, lift, chainCommands, exitCode } = PM.commands;
  const { wrapInList, liftListItem } = PM.lists;
  const { undo, redo } = PM.history;

  const ADDRESS = /^(?:https?:\/\/[^\s\\]+|mailto:[^\s\\]+|tel:[+0-9() -]+|\/(?![/\\])[^\s\\]*|#[^\s\\]*)$/i;

  const heading = (level) => ({ tag: `h${level}`, attrs: { level } });
  const schema = new Schema({
    nodes: {
      doc: { content: "block+" },
      paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
      heading: {
        attrs: { level: { default: 2 } }, content: "inline*", group: "block", defining: true,
        parseDOM: [{ tag: "h1", attrs: { level: 2 } }, heading(2), heading(3), { tag: "h4", attrs: { level: 3 } }],
        toDOM: (node) => [`h${node.attrs.level}`, 0],
      },
      blockquote: {
        content: "block+", group: "block", defining: true,
        parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0],
      },
      bullet_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
      ordered_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ol" }], toDOM: () => ["ol", 0] },
      list_item: { content: "paragraph block*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
      text: { group: "inline" },
      hard_break: {
        inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"],
      },
    },
    marks: {
      link: {
        attrs: { href: {} }, inclusive: false,
        parseDOM: [{
          tag: "a[href]",
          getAttrs: (node) => (ADDRESS.test(node.getAttribute("href")) ? { href: node.getAttribute("href") } : false),
        }],
        toDOM: (mark) => ["a", { href: mark.attrs.href }, 0],
      },
      em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
      strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    },
  });
  const { nodes, marks } = schema;

  const hasMark = (state, type) => {
    const { from, $from, to, empty } = state.selection;
    return empty ? Boolean(type.isInSet(state.storedMarks || $from.marks())) : state.doc.rangeHasMark(from, to, type);
  };
  const isIn = (state, type, attrs = {}) => {
    const { $from } = state.selection;
    for (let depth = $from.depth; depth >= 0; depth -= 1) {
      if ($from.node(depth).hasMarkup(type, { ...$from.node(depth).attrs, ...attrs })) return true;
    }
    return false;
  };
  // A list is taken away by lifting every item; another kind of list is made of what was one.
  const toggleList = (type) => (state, dispatch, view) => (
    isIn(state, type) ? liftListItem(nodes.list_item)(state, dispatch, view) : wrapInList(type)(state, dispatch, view)
  );
  const toggleHeading = (level) => (state, dispatch) => (
    isIn(state, nodes.heading, { level })
      ? setBlockType(nodes.paragraph)(state, dispatch)
      : setBlockType(nodes.heading, { level })(state, dispatch)
  );
  const toggleQuote = (state, dispatch) => (
    isIn(state, nodes.blockquote) ? lift(state, dispatch) : wrapIn(nodes.blockquote)(state, dispatch)
  );
  const insertBreak = chainCommands(exitCode, (state, dispatch) => {
    if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
    return true;
  });

  const TOOLS = [
    { name: "h2", run: toggleHeading(2), on: (state) => isIn(state, nodes.heading, { level: 2 }) },
    { name: "h3", run: toggleHeading(3), on: (state) => isIn(state, nodes.heading, { level: 3 }) },
    { name: "bold", run: toggleMark(marks.strong), on: (state) => hasMark(state, marks.strong) },
    { name: "italic", run: toggleMark(marks.em), on: (state) => hasMark(state, marks.em) },
    { name: "link", on: (state) => hasMark(state, marks.link) },
    { name: "bullets", run: toggleList(nodes.bullet_list), on: (state) => isIn(state, nodes.bullet_list) },
    { name: "numbers", run: toggleList(nodes.ordered_list), on: (state) => isIn(state, nodes.ordered_list) },
    { name: "quote", run: toggleQuote, on: (state) => isIn(state, nodes.blockquote) },
    { name: "undo", run: undo },
    { name: "redo", run: redo },
  ];

  window.samverkaRichText = { ADDRESS, TOOLS, insertBreak, marks, nodes, schema, toggleHeading, toggleList };
})();
