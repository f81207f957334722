// The editor of texts with form: what stands in a textarea[data-rich-text] is edited with headings, lists, links and
// emphasis, and is written back as HTML when the form is sent. The server cleans it; here nothing is kept that the
// schema does not know. The tools are one stop for Tab, then the arrow keys, Home and End; Alt+F10 leads to them from
// the text, Escape back. Tab leads out of the text. What is written stands in the textarea at once, for js/draft.js.
// Without scripts, and for texts with tables, the textarea stays.
(() => {
  const PM = window.ProseMirror;
  if (!PM) return;
  const { ADDRESS, TOOLS, insertBreak, marks, nodes, schema, toggleHeading, toggleList } = window.samverkaRichText;
  const { DOMParser: Reader, DOMSerializer: Writer } = PM.model;
  const { EditorState } = PM.state;
  const { EditorView } = PM.view;
  const { toggleMark, setBlockType, baseKeymap } = PM.commands;
  const { splitListItem, liftListItem, sinkListItem } = PM.lists;
  const { undo, redo, history } = PM.history;
  const { keymap } = PM.keymap;
  const { inputRules, wrappingInputRule, textblockTypeInputRule } = PM.rules;

  const hasTable = (html) => /<table/i.test(html);
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
      document.getElementById(`${area.id}_keys`).textContent = this.labels.keys;
      this.write();
      this.form.addEventListener("filled", () => this.read());
      document.querySelectorAll(`.error-summary a[href="#${area.id}"]`).forEach((link) => { link.hash = this.textId; });
    }

    get textId() {
      return `${this.area.id}_text`;
    }

    get label() {
      return document.querySelector(`label[for="${this.area.id}"]`);
    }

    makeToolbar() {
      const bar = element("div", {
        role: "toolbar", class: "rich-text__tools", "aria-orientation": "horizontal", "aria-label": this.labels.tools, "aria-controls": this.textId,
      });
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
      this.remember(place);
      this.buttons[place].focus();
    }

    // The tool that Tab comes to: the one that was used last.
    remember(place) {
      this.buttons.forEach((button, at) => { button.tabIndex = at === place ? 0 : -1; });
    }

    use(tool) {
      this.remember(TOOLS.indexOf(tool));
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
      const place = element("div", { class: "rich-text__text" });
      this.box.append(place);
      this.view = new EditorView(place, {
        state: this.stateOf(this.area.dataset.html),
        attributes: this.attributes(),
        dispatchTransaction: (change) => {
          this.view.updateState(this.view.state.apply(change));
          this.showState();
          if (change.docChanged) this.wrote();
        },
      });
      if (this.label) this.label.addEventListener("click", () => this.view.focus());
      this.showState();
    }

    // A document of its own: nothing in it is loaded or run.
    stateOf(html) {
      const page = new DOMParser().parseFromString(html, "text/html");
      return EditorState.create({ doc: Reader.fromSchema(schema).parse(page.body), plugins: this.plugins() });
    }

    attributes() {
      const described = [this.area.getAttribute("aria-describedby"), `${this.area.id}_keys`].filter(Boolean).join(" ");
      return {
        role: "textbox", "aria-multiline": "true", id: this.textId, "aria-describedby": described,
        "aria-keyshortcuts": "Alt+F10",
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

    wrote() {
      this.write();
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
    }

    // The textarea has been filled with another text: a draft that was kept. One with a table is left to the textarea.
    read() {
      if (this.view.isDestroyed) return;
      if (hasTable(this.area.value)) {
        this.view.destroy();
        this.box.remove();
        this.area.hidden = false;
      } else {
        this.view.updateState(this.stateOf(this.area.value));
        this.showState();
      }
    }
  }

  document.querySelectorAll("textarea[data-rich-text]").forEach((area) => {
    if (!hasTable(area.dataset.html)) new Editor(area);
  });
})();
