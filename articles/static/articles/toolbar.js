// The buttons above the text, and what each does. One tab stop; the arrow keys move within.

const TOGGLES = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  bulletList: (chain) => chain.toggleBulletList(),
  orderedList: (chain) => chain.toggleOrderedList(),
  blockquote: (chain) => chain.toggleBlockquote(),
  pullquote: (chain) => chain.toggleAside("pullquote"),
  callout: (chain) => chain.toggleAside("callout"),
};

const STEPS = {
  horizontalRule: (chain) => chain.setHorizontalRule(),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
};

// `dialogs` maps the names of further buttons to functions that they call.
export function bindToolbar(toolbar, editor, dialogs) {
  const kind = toolbar.querySelector("[data-kind]");
  const buttons = [...toolbar.querySelectorAll("[data-command]")];

  kind.addEventListener("change", () => {
    const level = Number(kind.value);
    const chain = editor.chain().focus();
    (level ? chain.setHeading({ level }) : chain.setParagraph()).run();
  });
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const name = button.dataset.command;
      if (name in dialogs) dialogs[name]();
      else (TOGGLES[name] ?? STEPS[name])(editor.chain().focus()).run();
    });
  }

  const isActive = (name) =>
    editor.isActive(name) || editor.isActive("aside", { kind: name });
  const show = () => {
    kind.value = String(editor.getAttributes("heading").level ?? 0);
    for (const button of buttons) {
      const name = button.dataset.command;
      if (name in TOGGLES || name === "link") button.ariaPressed = String(isActive(name));
      if (name === "undo" || name === "redo") button.ariaDisabled = String(!editor.can()[name]());
    }
  };
  editor.on("transaction", show);
  show();

  moveWithArrows(toolbar, [kind, ...buttons], editor);
  toolbar.hidden = false;
}

function moveWithArrows(toolbar, controls, editor) {
  const enter = (control) => {
    for (const other of controls) other.tabIndex = other === control ? 0 : -1;
  };
  enter(controls[0]);
  toolbar.addEventListener("focusin", (event) => enter(event.target));
  toolbar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      editor.commands.focus();
      return;
    }
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = controls.indexOf(document.activeElement);
    controls[(at + step + controls.length) % controls.length].focus();
  });
  editor.view.dom.addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "F10") {
      event.preventDefault();
      controls.find((control) => control.tabIndex === 0).focus();
    }
  });
}
