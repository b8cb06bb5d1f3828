// The visible elements with a role and a name: those with exactly this name, or else those whose
// name contains it. Password and search fields count as text boxes.
const [role, wanted] = arguments;

const implicit = (el) => {
  const kind = (el.getAttribute("type") ?? "text").toLowerCase();
  switch (el.tagName.toLowerCase()) {
    case "a": return el.hasAttribute("href") ? "link" : "";
    case "button": case "summary": return "button";
    case "dialog": return "dialog";
    case "h1": case "h2": case "h3": case "h4": return "heading";
    case "img": return "img";
    case "li": return "listitem";
    case "option": return "option";
    case "select": return "combobox";
    case "textarea": return "textbox";
    case "input":
      return { button: "button", submit: "button", checkbox: "checkbox", radio: "radio",
        file: "file", number: "spinbutton", range: "slider" }[kind] ?? "textbox";
    default: return "";
  }
};
// Removes marks of text direction, which a screen reader does not read.
const tidy = (text) => (text ?? "").replace(/[\u2066-\u2069]/g, "").replace(/\s+/g, " ").trim();
const visibleText = (el) => tidy(el.innerText ?? el.textContent);
const name = (el) => {
  const ids = tidy(el.getAttribute("aria-labelledby")).split(" ").filter(Boolean);
  const referred = ids.map((id) => document.getElementById(id)).filter(Boolean).map(visibleText);
  return tidy(referred.join(" ")) || tidy(el.getAttribute("aria-label"))
    || tidy([...(el.labels ?? [])].map(visibleText).join(" "))
    || tidy(el.getAttribute("alt")) || visibleText(el)
    || tidy(el.getAttribute("title")) || tidy(el.getAttribute("placeholder"));
};
const shown = (el) => el.checkVisibility({ checkVisibilityCSS: true })
  && !el.closest("[inert], [aria-hidden=true]");

const selector = "a, button, summary, dialog, h1, h2, h3, h4, img, li, option, select, textarea, input, [role]";
const candidates = [...document.querySelectorAll(selector)]
  .filter((el) => (el.getAttribute("role") ?? implicit(el)) === role)
  // A file input is often hidden behind its label, but still accepts files.
  .filter((el) => role === "file" || shown(el))
  .map((el) => [el, name(el)]);
const exact = candidates.filter(([, text]) => text === tidy(wanted));
const found = exact.length > 0 ? exact : candidates.filter(([, text]) => text.includes(tidy(wanted)));
return found.map(([el]) => el);
