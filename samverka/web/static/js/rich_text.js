// The editor of texts with form: what stands in a textarea[data-rich-text] is edited with headings, lists, links and
// emphasis, and is written back as HTML when the form is sent. The server cleans it; here nothing is kept that the
// schema does not know. Every tool is a button that the keyboard reaches: Alt+F10 leads to them, Escape back.
// Without scripts, and for texts with tables, the textarea stays.
(() => {
  const PM = window.ProseMirror;
  if (!PM) return;
  const { Schema, DOMParser: Reader, DOMSerializer: Writer } = PM.model;
  const { EditorState } = PM.state;
  const { EditorView } = PM.view;
  const { toggleMark, setBlockType, wrapIn, lift, chainCommands, exitCode, baseKeymap } = PM.commands;
  const { wrapInList, splitListItem, liftListItem, sinkListItem } = PM.lists;
  const { undo, redo, history } = PM.history;
  const { keymap } = PM.keymap;
  const { inputRules, wrappingInputRule, textblockTypeInputRule } = PM.rules;

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

  const element = (tag, attributes = {}, text = "") => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.textContent = text;
    return made;
  };

  class Editor {
    constructor(area) {
      this.area = area;
      this.labels = JSON.parse(area.dataset.labels);
      this.form = area.form;
      this.mark = this.form.querySelector(`[name="${area.name}_form"]`);
      this.box = element("div", { class: "rich-text" });
      area.before(this.box);
      this.makeToolbar();
      this.makeLinkPanel();
      this.makeView();
      area.hidden = true;
      this.form.addEventListener("submit", () => this.write());
    }

    get label() {
      return document.querySelector(`label[for="${this.area.id}"]`);
    }

    makeToolbar() {
      const bar = element("div", { role: "toolbar", class: "rich-text__tools", "aria-label": this.labels.tools });
      this.buttons = TOOLS.map((tool, place) => {
        const button = element("button", {
          type: "button", class: "rich-text__tool", tabindex: place ? "-1" : "0", "data-tool": tool.name,
          ...(tool.on ? { "aria-pressed": "false" } : {}),
        }, this.labels[tool.name]);
        button.addEventListener("mousedown", (event) => event.preventDefault());
        button.addEventListener("click", () => this.use(tool));
        bar.append(button);
        return button;
      });
      bar.addEventListener("keydown", (event) => this.inToolbar(event));
      this.box.append(bar);
    }

    inToolbar(event) {
      const here = this.buttons.indexOf(document.activeElement);
      const last = this.buttons.length - 1;
      const to = { ArrowRight: here === last ? 0 : here + 1, ArrowLeft: here ? here - 1 : last, Home: 0, End: last };
      if (event.key === "Escape") {
        this.view.focus();
      } else if (event.key in to) {
        event.preventDefault();
        this.stand(to[event.key]);
      }
    }

    stand(place) {
      this.buttons.forEach((button, at) => { button.tabIndex = at === place ? 0 : -1; });
      this.buttons[place].focus();
    }

    use(tool) {
      if (tool.name === "link") {
        this.openLink();
        return;
      }
      tool.run(this.view.state, this.view.dispatch, this.view);
      this.view.focus();
    }

    makeLinkPanel() {
      const id = `${this.area.id}_link`;
      this.panel = element("div", { class: "rich-text__link", hidden: "" });
      this.address = element("input", { id, type: "text", class: "ds-input", inputmode: "url", autocomplete: "off" });
      this.wrong = element("p", { class: "rich-text__wrong", id: `${id}_wrong`, role: "alert" });
      const put = element("button", { type: "button", class: "ds-button" }, this.labels.put);
      const drop = element("button", { type: "button", class: "ds-button", "data-variant": "secondary" }, this.labels.drop);
      const cancel = element("button", { type: "button", class: "ds-button", "data-variant": "tertiary" }, this.labels.cancel);
      put.addEventListener("click", () => this.putLink());
      drop.addEventListener("click", () => this.dropLink());
      cancel.addEventListener("click", () => this.closeLink());
      this.panel.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.closeLink();
        if (event.key === "Enter" && event.target === this.address) {
          event.preventDefault();
          this.putLink();
        }
      });
      const row = element("div", { class: "actions" });
      row.append(put, drop, cancel);
      this.panel.append(element("label", { for: id, class: "ds-label" }, this.labels.address), this.address, this.wrong, row);
      this.box.append(this.panel);
    }

    openLink() {
      const { $from } = this.view.state.selection;
      const found = marks.link.isInSet($from.marks());
      this.address.value = found ? found.attrs.href : "";
      this.wrong.textContent = "";
      this.panel.hidden = false;
      this.address.focus();
    }

    closeLink() {
      this.panel.hidden = true;
      this.view.focus();
    }

    putLink() {
      const typed = this.address.value.trim();
      const href = /^www\./i.test(typed) ? `https://${typed}` : /^[^\s@/:]+@[^\s@/:]+$/.test(typed) ? `mailto:${typed}` : typed;
      if (!ADDRESS.test(href)) {
        this.wrong.textContent = this.labels.wrong;
        this.address.setAttribute("aria-describedby", this.wrong.id);
        this.address.focus();
        return;
      }
      const { state } = this.view;
      const mark = marks.link.create({ href });
      const { from, to, empty } = state.selection;
      this.view.dispatch(empty
        ? state.tr.replaceSelectionWith(schema.text(href, [mark]), false)
        : state.tr.removeMark(from, to, marks.link).addMark(from, to, mark));
      this.closeLink();
    }

    dropLink() {
      const { state } = this.view;
      let { from, to } = state.selection;
      if (state.selection.empty) {
        const { $from } = state.selection;
        from = $from.start();
        to = $from.end();
      }
      this.view.dispatch(state.tr.removeMark(from, to, marks.link));
      this.closeLink();
    }

    makeView() {
      // A document of its own: nothing in it is loaded or run.
      const page = new DOMParser().parseFromString(this.area.dataset.html, "text/html");
      const place = element("div", { class: "rich-text__text" });
      this.box.append(place);
      this.view = new EditorView(place, {
        state: EditorState.create({ doc: Reader.fromSchema(schema).parse(page.body), plugins: this.plugins() }),
        attributes: this.attributes(),
        dispatchTransaction: (change) => {
          this.view.updateState(this.view.state.apply(change));
          this.showState();
          if (change.docChanged) this.write();
        },
      });
      if (this.label) this.label.addEventListener("click", () => this.view.focus());
      this.showState();
    }

    attributes() {
      const described = [this.area.getAttribute("aria-describedby"), `${this.area.id}_keys`].filter(Boolean).join(" ");
      return {
        role: "textbox", "aria-multiline": "true", id: `${this.area.id}_text`, "aria-describedby": described,
        "aria-label": this.label ? this.label.textContent.trim() : this.labels.tools,
        ...(this.area.getAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
      };
    }

    plugins() {
      const keys = {
        "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo, "Mod-b": toggleMark(marks.strong), "Mod-i": toggleMark(marks.em),
        "Mod-Alt-2": toggleHeading(2), "Mod-Alt-3": toggleHeading(3), "Mod-Alt-0": setBlockType(nodes.paragraph),
        "Shift-Mod-8": toggleList(nodes.bullet_list), "Shift-Mod-7": toggleList(nodes.ordered_list),
        "Mod-]": sinkListItem(nodes.list_item), "Mod-[": liftListItem(nodes.list_item),
        "Shift-Enter": insertBreak, Enter: splitListItem(nodes.list_item),
        "Mod-k": () => { this.openLink(); return true; },
        "Alt-F10": () => { this.stand(this.buttons.findIndex((button) => button.tabIndex === 0)); return true; },
      };
      const rules = inputRules({ rules: [
        wrappingInputRule(/^\s*([-*])\s$/, nodes.bullet_list),
        wrappingInputRule(/^\s*1\.\s$/, nodes.ordered_list),
        textblockTypeInputRule(/^(#{2,3})\s$/, nodes.heading, (match) => ({ level: match[1].length })),
      ] });
      return [rules, keymap(keys), keymap(baseKeymap), history()];
    }

    showState() {
      TOOLS.forEach((tool, place) => {
        const button = this.buttons[place];
        if (tool.on) button.setAttribute("aria-pressed", String(tool.on(this.view.state)));
        else button.setAttribute("aria-disabled", String(!tool.run(this.view.state)));
      });
    }

    write() {
      const made = document.createElement("div");
      made.append(Writer.fromSchema(schema).serializeFragment(this.view.state.doc.content));
      this.area.value = this.view.state.doc.textContent.trim() ? made.innerHTML : "";
      this.mark.value = "html";
    }
  }

  document.querySelectorAll("textarea[data-rich-text]").forEach((area) => {
    if (!/<table/i.test(area.dataset.html)) new Editor(area);
  });
})();
