// The page: who is acting, where they are, and what the stream brings. Where one is stands in the address:
// `?as=U…#C…` is a channel, `#C…/TS` one of its threads, `#home` the app's Home.

import { Refused, Stream } from "./api.js";
import { ChannelView } from "./channel.js";
import { el } from "./dom.js";
import { menuKeys } from "./elements.js";
import { HomeView } from "./home.js";
import { icon } from "./icons.js";
import { Modals } from "./modal.js";
import { attachPopup } from "./popup.js";
import { drawSidebar } from "./sidebar.js";
import { Telephone } from "./telephone.js";
import { ThreadView } from "./thread.js";
import { toastRefusal } from "./toasts.js";
import { avatar, nameOf, refreshWorld, world } from "./world.js";

const part = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 767px)");
const wide = matchMedia("(min-width: 1100px)");

const unread = new Map();
let visit = null; // one person's stay: their stream and their modals
let view = null; // the main column
let thread = null;
let telephone = null;

function place() {
  const [target, ts] = decodeURIComponent(location.hash.slice(1)).split("/");
  if (target === "home" || world.channels.has(target)) return { target, ts: ts ?? null };
  return { target: [...world.channels.keys()][0] ?? "home", ts: null };
}

/** Draws what the address says, keeping what is already there. */
function go() {
  const { target, ts } = place();
  unread.delete(target);
  drawSidebar(part("sidebar"), target, unread);
  toggleDrawer(false);
  if (view?.target !== target) {
    const shown =
      target === "home"
        ? new HomeView(visit.as, [...world.channels.keys()][0])
        : new ChannelView(visit.as, world.channels.get(target));
    view = { target, shown };
    part("main").replaceChildren(shown.node);
    shown.shown();
  }
  if ((thread?.ts ?? null) !== ts || (ts && thread.target !== target)) {
    thread = ts ? { target, ts, shown: new ThreadView(visit.as, target, ts) } : null;
    part("thread").hidden = !ts;
    part("thread").replaceChildren(...(thread ? [thread.shown.node] : []));
    thread?.shown.shown();
  }
  document.title = `${target === "home" ? "Home" : world.channels.get(target).name} · ${world.team}`;
}

function receive(event) {
  if (event.type === "view") visit.modals.show(event.stack);
  else if (event.type === "call") telephone?.receive(event.call);
  else if (event.type === "state") refresh().catch(toastRefusal);
  view?.shown.receive(event);
  thread?.shown.receive(event);
  if (event.type === "message" && view) countUnread(event.message);
}

function countUnread({ channel, user }) {
  if (channel === view?.target || user === visit.as) return;
  if (!world.channels.has(channel)) return;
  unread.set(channel, (unread.get(channel) ?? 0) + 1);
  drawSidebar(part("sidebar"), view.target, unread);
}

/** Fetches who and what there is again, and draws everything around the conversation. */
async function refresh() {
  const stay = visit;
  const before = JSON.stringify(world.channels.get(view?.target));
  await refreshWorld(stay.as);
  if (visit !== stay) return;
  drawTopbar();
  showTelephone();
  // Joined, left or renamed: the column is drawn anew.
  if (JSON.stringify(world.channels.get(view?.target)) !== before) view = null;
  go();
}

function drawTopbar() {
  part("team").textContent = world.team;
  const people = [...world.people.values()].filter((person) => !person.is_bot && !person.deleted);
  const words = (person) =>
    [nameOf(person.id), person.title || (person.is_guest ? "Guest" : person.is_stranger ? "Other company" : "")]
      .filter(Boolean)
      .join(" · ");
  part("person-switch").replaceChildren(
    ...people.map((person) => el("option", { value: person.id, text: words(person) })),
  );
  part("person-switch").value = visit.as;
  part("second-tab-menu")?.replaceChildren(
    el("p", { class: "menu-title", text: "Open in a new tab as" }),
    ...people.map((person) =>
      el(
        "a",
        {
          class: "menu-item person",
          role: "menuitem",
          tabindex: "-1",
          href: `?${new URLSearchParams({ as: person.id })}`,
          target: "_blank",
        },
        avatar(person.id),
        el("span", {}, nameOf(person.id), el("small", { text: person.title ?? "" })),
      ),
    ),
  );
}

function showTelephone() {
  part("telephone-toggle").hidden = !world.telephone;
  if (!world.telephone || telephone) return;
  telephone = new Telephone(part("telephone"), () => toggleTelephone(false));
  telephone.load();
  toggleTelephone(wide.matches);
}

function toggleTelephone(open) {
  part("telephone").hidden = !open;
  part("telephone-toggle").setAttribute("aria-expanded", String(open));
  drawScrim();
}

function toggleDrawer(open) {
  part("sidebar").classList.toggle("open", open);
  part("drawer-toggle").setAttribute("aria-expanded", String(open));
  drawScrim();
}

function drawScrim() {
  const covered = part("sidebar").classList.contains("open") || !part("telephone").hidden;
  part("scrim").hidden = !(narrow.matches && covered);
}

/** Begins to act as a person: everything of the one before is taken away. */
async function enter(as) {
  leave();
  try {
    await refreshWorld(as);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const again = el("button", { type: "button", class: "button", text: "Try again", on: { click: () => enter(as) } });
    part("main").replaceChildren(el("div", { class: "empty" }, el("p", { text: error.message }), again));
    return;
  }
  const me = world.me;
  visit = {
    as: me,
    modals: new Modals(me, () => (view && view.target !== "home" ? view.target : [...world.channels.keys()][0])),
  };
  drawTopbar();
  showTelephone();
  part("main").replaceChildren(el("p", { class: "empty", text: "Connecting…" }));
  visit.stream = new Stream(me, { onEvent: receive, onOpen: opened, onLost: () => (part("lost").hidden = false) });
}

function leave() {
  visit?.stream?.close();
  visit?.modals.dispose();
  visit = view = thread = null;
  unread.clear();
  part("thread").hidden = true;
  part("lost").hidden = true;
}

/** The stream is open: nothing is fetched before, so that nothing falls between. A break may have hidden something. */
async function opened(again) {
  part("lost").hidden = true;
  if (!again) {
    go();
    return;
  }
  await refresh().catch(toastRefusal);
  view?.shown.reload();
  thread?.shown.reload();
}

function wire() {
  part("drawer-toggle").append(icon("menu"));
  part("telephone-toggle").prepend(icon("phone"));
  part("second-tab").append(icon("tab"));
  const menu = el("div", { role: "menu", id: "second-tab-menu", "aria-label": "Open in a new tab as" });
  part("second-tab").after(menu);
  menuKeys(part("second-tab"), menu, attachPopup(part("second-tab"), menu, { align: "end", matchWidth: false }));
  menu.addEventListener("click", () => part("second-tab").click());

  // The part after # says where one is, so this link must not change it.
  part("skip").addEventListener("click", (event) => {
    event.preventDefault();
    part("main").focus();
  });
  part("drawer-toggle").addEventListener("click", () => toggleDrawer(!part("sidebar").classList.contains("open")));
  part("telephone-toggle").addEventListener("click", () => toggleTelephone(part("telephone").hidden));
  part("sidebar").addEventListener("click", (event) => event.target.closest("a") && toggleDrawer(false));
  part("scrim").addEventListener("click", () => {
    toggleDrawer(false);
    toggleTelephone(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !part("scrim").hidden) part("scrim").click();
  });
  narrow.addEventListener("change", drawScrim);
  part("person-switch").addEventListener("change", (event) => {
    history.pushState(null, "", `?${new URLSearchParams({ as: event.target.value })}${location.hash}`);
    enter(event.target.value);
  });
  window.addEventListener("hashchange", () => view && go());
  window.addEventListener("popstate", () => {
    const as = new URLSearchParams(location.search).get("as");
    if (as && as !== visit?.as) enter(as);
  });
}

wire();
enter(new URLSearchParams(location.search).get("as"));
