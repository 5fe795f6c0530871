// Line icons on a 20 by 20 grid, drawn with the colour of the text around them.

const PATHS = {
  hash: "M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h13.5M3 12.5h13.5",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  home: "M3 9.5 10 3.5l7 6M5 8.5V16.5h10V8.5M8.5 16.5v-4.5h3v4.5",
  app: "M10 3l1.7 4.8L16.5 10l-4.8 2.2L10 17l-1.7-4.8L3.5 10l4.8-2.2z",
  phone:
    "M5.2 3.5 7.6 3l1.7 4-1.9 1.5a9 9 0 0 0 4.1 4.1l1.5-1.9 4 1.7-.5 2.4c-.2 1-1 1.7-2 1.7A12 12 0 0 1 3.5 5.5c0-1 .7-1.8 1.7-2z",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  close: "M5 5l10 10M15 5 5 15",
  back: "M12.5 4 6.5 10l6 6",
  send: "M3.5 3.5 17 10 3.5 16.5 5.5 10zM5.5 10H11",
  clip: "M14.5 9.5 9.5 14.5a3 3 0 0 1-4.2-4.2L11.5 4a2 2 0 0 1 2.9 2.9l-6 6a1 1 0 0 1-1.5-1.5l5-5",
  eye: "M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5zM10 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
  reply: "M3.5 4h13v9H9l-3.5 3v-3h-2z",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  down: "M5.5 8 10 12.5 14.5 8",
  tab: "M8 4H4v12h12v-4M11.5 4H16v4.5M16 4l-7 7",
  file: "M5 3h6.5L15 6.5V17H5zM11.5 3v3.5H15",
  arrow: "M10 4v12M5 11.5l5 5 5-5",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
