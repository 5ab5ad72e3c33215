// Unpacks the drawing library, starts the stage, binds the controls.

async function unpackLibrary() {
  const letters = atob($('#library').textContent);
  const packed = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) packed[at] = letters.charCodeAt(at);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const script = document.createElement('script');
  script.textContent = await new Response(stream).text();
  document.head.append(script);
  $('#library').remove();
}

function showView(next) {
  view = network ? next : 'table';
  for (const button of document.querySelectorAll('[data-view]')) button.setAttribute('aria-pressed', String(button.dataset.view === view));
  $('#tables').hidden = view !== 'table';
  $('#stage').hidden = view === 'table';
  if (view === 'table') showTable();
  else showStage();
  writeAddress();
}

// A page that opened with the table has measured no canvas yet.
function showStage() {
  standOn(view);
  if (!fitted) fit();
}

function showTheme() {
  const dark = themeName() === 'dark';
  $('#theme').setAttribute('aria-pressed', String(dark));
  restyle();
}

function bind() {
  const on = (selector, event, action) => $(selector).addEventListener(event, action);
  on('#find', 'submit', (event) => event.preventDefault() || search());
  on('#search', 'change', search);
  on('#theme', 'click', () => {
    document.documentElement.dataset.theme = themeName() === 'dark' ? 'light' : 'dark';
    showTheme();
  });
  on('#fit', 'click', fit);
  on('#play', 'click', play);
  on('#from', 'input', () => setTime(Math.min(+$('#from').value, +$('#until').value), +$('#until').value));
  on('#until', 'input', () => setTime(+$('#from').value, Math.max(+$('#from').value, +$('#until').value)));
  on('#minimum', 'input', () => {
    filters.minimum = +$('#minimum').value;
    refresh();
  });
  on('#reset', 'click', () => {
    for (const list of LISTS) filters[list].clear();
    Object.assign(filters, { minimum: 1, from: null, until: null });
    refresh();
    showTime();
  });
  for (const button of document.querySelectorAll('[data-view]')) button.addEventListener('click', () => showView(button.dataset.view));
  for (const button of document.querySelectorAll('[data-zoom]')) button.addEventListener('click', () => zoomBy(+button.dataset.zoom));
  for (const button of document.querySelectorAll('[data-export]')) button.addEventListener('click', () => EXPORTS[button.dataset.export]());
  darkScheme.addEventListener('change', showTheme);
  addEventListener('resize', fit);
  addEventListener('hashchange', () => {
    readAddress();
    refresh();
    showTime();
    showView(view);
  });
  bindKeys();
}

function bindKeys() {
  document.addEventListener('click', (event) => {
    for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      for (const menu of document.querySelectorAll('details.menu[open]')) menu.open = false;
      choose({});
    }
    if (event.target.matches('input, select') || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') {
      event.preventDefault();
      $('#search').focus();
    }
    if (event.key === 'f') fit();
  });
}

// What is left for a browser without DecompressionStream (before 2023).
function showOnlyTable() {
  $('#note').textContent = 'This browser is too old to draw the map.';
  for (const button of document.querySelectorAll('[data-view]:not([data-view=table])')) button.hidden = true;
  showView('table');
}

async function start() {
  readGraph();
  readAddress();
  // Hundreds of flags would keep the first picture waiting.
  const late = actors.size > 60;
  if (!late) loadPictures();
  // All that takes room comes first, or the stage would be measured too large.
  drawn = drawable();
  showControls();
  showNames();
  showTime();
  showPanel();
  $('[data-view=world]').hidden = !graph.land;
  const unpacked = await unpackLibrary().then(() => true, () => false);
  if (unpacked) startStage();
  bind();
  showTheme();
  if (!unpacked) return showOnlyTable();
  showView(view);
  const ready = () => requestAnimationFrame(() => {
    document.documentElement.dataset.ready = 'yes';
    if (late) loadPictures();
  });
  if (view === 'table') ready();
  else network.once('afterDrawing', ready);
  // For tests and for those who embed the page.
  window.relationMap = { network, choose, expand, pointOn, actors, relations };
}

start();
