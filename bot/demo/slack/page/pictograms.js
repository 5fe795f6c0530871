// Drawn emoji for the short names that a telephone bot uses most, so that they look alike on every machine, also on one
// without an emoji font. On a 20 by 20 grid; each stroke or area is `[path, fill, stroke]`.

const RED = "#d3382f";
const GREEN = "#23894b";
const AMBER = "#e8a317";
const BLUE = "#2f7bd1";
const GREY = "#73838b";
const WHITE = "#ffffff";
const INK = "#3b2a00";

const disc = (colour, edge = "none") => [["M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 0 1 0-15z", colour, edge]];
const tile = (colour) => [
  "M5 2.5h10a2.5 2.5 0 0 1 2.5 2.5v10a2.5 2.5 0 0 1-2.5 2.5h-10A2.5 2.5 0 0 1 2.5 15V5A2.5 2.5 0 0 1 5 2.5z",
  colour,
  "none",
];
const RECEIVER =
  "M5.4 2.8 8 2.4l1.9 4.2-2.1 1.7a9.5 9.5 0 0 0 3.9 3.9l1.7-2.1 4.2 1.9-.4 2.6c-.2 1.3-1.2 2.2-2.5 2.2A12.5 12.5 0 0 1 3.2 5.3c0-1.3.9-2.3 2.2-2.5z";
const BELL =
  "M10 2.5a4.8 4.8 0 0 1 4.8 4.8c0 4 1.7 5.2 1.7 5.2v1.5h-13v-1.5s1.7-1.2 1.7-5.2A4.8 4.8 0 0 1 10 2.5zM8 15.5h4a2 2 0 0 1-4 0z";
const CLOCK = [
  ["M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 0 1 0-15z", WHITE, GREY],
  ["M10 6v4.3l3 1.8", "none", "#31424a"],
];
const HOURGLASS = [
  ["M5 3h10M5 17h10", "none", GREY],
  ["M6 3.5h8c0 4-3.2 4.7-3.2 6.5s3.2 2.5 3.2 6.5H6c0-4 3.2-4.7 3.2-6.5S6 7.5 6 3.5z", AMBER, "none"],
];
const CALENDAR = [
  ["M3.5 4.5h13v12.5h-13z", WHITE, GREY],
  ["M3.5 4h13v4h-13z", RED, "none"],
  ["M6.5 11.5h2M11.5 11.5h2M6.5 14.5h2M11.5 14.5h2", "none", GREY],
];
const PAGE = [
  ["M5 2.5h7l3.5 3.5v11.5H5z", WHITE, GREY],
  ["M7.5 9h5.5M7.5 11.5h5.5M7.5 14h3.5", "none", GREY],
];
const ENVELOPE = [
  ["M2.5 5h15v10.5h-15z", WHITE, GREY],
  ["M2.5 5.5l7.5 6 7.5-6", "none", GREY],
];
const PERSON = "M10 3a3.3 3.3 0 1 1 0 6.6a3.3 3.3 0 0 1 0-6.6zM3.5 17c0-4 2.8-6 6.5-6s6.5 2 6.5 6z";
const TAPE = [
  ["M2.5 5h15v10.5h-15z", "#3c4a52", "none"],
  ["M6.8 8a2 2 0 1 1 0 4a2 2 0 0 1 0-4zM13.2 8a2 2 0 1 1 0 4a2 2 0 0 1 0-4zM6.8 12h6.4", "none", WHITE],
];
const lock = (shackle) => [
  [shackle, "none", GREY],
  ["M4.5 9h11v8h-11z", AMBER, "none"],
];
const SLASH = ["M3.5 16.5l13-13", "none", RED];

const PICTURES = {
  telephone_receiver: [[RECEIVER, RED, "none"]],
  phone: [[RECEIVER, RED, "none"]],
  telephone: [[RECEIVER, RED, "none"]],
  calling: [
    [RECEIVER, BLUE, "none"],
    ["M12 3.5a5 5 0 0 1 4.5 4.5", "none", BLUE],
  ],
  voicemail: TAPE,
  vhs: TAPE,
  bell: [[BELL, AMBER, "none"]],
  no_bell: [[BELL, GREY, "none"], SLASH],
  warning: [
    ["M10 2.5 18.5 17h-17z", AMBER, "none"],
    ["M10 8v4.2M10 14.5h.01", "none", INK],
  ],
  white_check_mark: [tile(GREEN), ["M5.8 10.3l3 3 5.5-6.3", "none", WHITE]],
  heavy_check_mark: [["M4 10.5l4 4 8-9", "none", GREEN]],
  x: [["M4.5 4.5l11 11M15.5 4.5l-11 11", "none", RED]],
  no_entry: [...disc(RED), ["M6 10h8", "none", WHITE]],
  no_entry_sign: [...disc("none", RED), ["M5 5l10 10", "none", RED]],
  rotating_light: [
    ["M5.5 14V9.5a4.5 4.5 0 0 1 9 0V14z", RED, "none"],
    ["M4 16.5h12", "none", GREY],
    ["M10 2v1M3.5 4.5l.8.8M16.5 4.5l-.8.8", "none", RED],
  ],
  hourglass: HOURGLASS,
  hourglass_flowing_sand: HOURGLASS,
  stopwatch: CLOCK,
  alarm_clock: CLOCK,
  timer_clock: CLOCK,
  clock3: CLOCK,
  clock9: CLOCK,
  calendar: CALENDAR,
  date: CALENDAR,
  memo: PAGE,
  page_facing_up: PAGE,
  clipboard: PAGE,
  fax: PAGE,
  email: ENVELOPE,
  "e-mail": ENVELOPE,
  envelope: ENVELOPE,
  speech_balloon: [["M3 4h14v9.5H9L5.5 17v-3.5H3z", BLUE, "none"]],
  lock: lock("M7 9V6.5a3 3 0 0 1 6 0V9"),
  unlock: lock("M7 9V6.5a3 3 0 0 1 5.5-1.5"),
  bust_in_silhouette: [[PERSON, GREY, "none"]],
  busts_in_silhouette: [[PERSON, GREY, "none"]],
  raising_hand: [
    [PERSON, AMBER, "none"],
    ["M16.5 3v9.5l-2 2", "none", AMBER],
  ],
  mag: [
    ["M8.5 3.5a5 5 0 1 1 0 10a5 5 0 0 1 0-10z", WHITE, GREY],
    ["M12.3 12.3l4.2 4.2", "none", GREY],
  ],
  bar_chart: [
    ["M3.5 10h3v7h-3z", GREEN, "none"],
    ["M8.5 4h3v13h-3z", BLUE, "none"],
    ["M13.5 7.5h3v9.5h-3z", RED, "none"],
  ],
  information_source: [tile(BLUE), ["M10 9.5v4.5M10 6.3h.01", "none", WHITE]],
  arrows_counterclockwise: [
    ["M4 10a6 6 0 0 1 10.5-4M16 10a6 6 0 0 1-10.5 4M14.8 3v3.3h-3.3M5.2 17v-3.3h3.3", "none", BLUE],
  ],
  arrow_forward: [tile(BLUE), ["M7.5 6l7 4-7 4z", WHITE, "none"]],
  grey_question: [["M6.8 7a3.2 3.2 0 1 1 4.6 2.9c-1 .5-1.4 1.1-1.4 2.1M10 15.6h.01", "none", GREY]],
  arrow_right: [["M4 10h12M11 5l5 5-5 5", "none", BLUE]],
  arrow_right_hook: [["M4 5h7a4 4 0 0 1 0 8.5H5M8.5 10 5 13.5 8.5 17", "none", BLUE]],
  red_circle: disc(RED),
  large_green_circle: disc(GREEN),
  large_yellow_circle: disc("#f2c230"),
  large_orange_circle: disc("#e57a1f"),
  large_blue_circle: disc(BLUE),
  white_circle: disc(WHITE, GREY),
  black_circle: disc("#1f2a2f", GREY),
};

/** The drawing of an emoji as an SVG element named for screen readers, or null when there is none. */
export function pictogram(name) {
  if (!Object.hasOwn(PICTURES, name)) return null;
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "pictogram");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", name.replaceAll("_", " "));
  for (const [path, fill, stroke] of PICTURES[name]) {
    const part = document.createElementNS(space, "path");
    part.setAttribute("d", path);
    part.setAttribute("fill", fill);
    part.setAttribute("stroke", stroke);
    svg.append(part);
  }
  return svg;
}
