// Legend, filters, search, time: everything that changes which relations are shown.

function refresh() {
  wantedNow = null;
  if (selection.relation && !passes(relations.get(selection.relation))) selection.relation = null;
  redrawLines();
  showControls();
  showPanel();
  if (view === 'table') showTable();
  writeAddress();
}

function showControls() {
  showSummary();
  showQuads();
  showChecks('types', 'type', (name) => (graph.types[name] ? graph.types[name].label : name));
  showChecks('statuses', 'status', (name) => (LOOKS.statuses[name] || { label: name }).label);
  showMinimum();
}

function showSummary() {
  const items = wanted();
  const days = allDays();
  const parts = [plural(actors.size, 'actor'), plural(items.length, 'relation')];
  if (items.length < relations.size) parts[1] += ` of ${number(relations.size)}`;
  if (days.length) parts.push(days.length === 1 ? readableDay(days[0]) : `${readableDay(days[0])} – ${readableDay(days[days.length - 1])}`);
  $('#summary').textContent = parts.join(' · ');
  const hidden = items.length - drawn.length;
  $('#note').textContent = hidden > 0 ? `${number(drawn.length)} strongest of ${number(items.length)} relations drawn` : '';
}

function toggle(group, name, on) {
  if (on) filters[group].delete(name);
  else filters[group].add(name);
  refresh();
}

// Rebuilding a group would take the focus off the switch just used.
function keepFocus(box, build) {
  const active = document.activeElement && box.contains(document.activeElement) ? document.activeElement.dataset.name : null;
  build();
  if (active) [...box.querySelectorAll('[data-name]')].find((each) => each.dataset.name === active)?.focus();
}

function showQuads() {
  const box = $('#quads');
  const counts = countBy('quad', 'quads');
  keepFocus(box, () => {
    box.replaceChildren(
      ...Object.entries(LOOKS.quads).filter(([quad]) => counts.has(quad)).map(([quad, look]) =>
        el(
          'button',
          { type: 'button', class: 'chip', 'data-name': quad, 'aria-pressed': String(!filters.quads.has(quad)), onclick: () => toggle('quads', quad, filters.quads.has(quad)) },
          lineSample({ quad }),
          el('span', {}, look.label),
          el('span', { class: 'count' }, number(counts.get(quad))),
        ),
      ),
    );
  });
}

function showChecks(group, field, label) {
  const box = $('#' + group);
  const counts = countBy(field, group);
  const names = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
  const heading = box.querySelector('legend');
  keepFocus(box, () => {
    box.replaceChildren(
      heading,
      ...names.map((name) => {
        const check = el('input', { type: 'checkbox', 'data-name': name, checked: !filters[group].has(name) });
        check.addEventListener('change', () => toggle(group, name, check.checked));
        return el('label', {}, check, el('span', {}, label(name)), el('span', { class: 'count' }, number(counts.get(name))));
      }),
    );
  });
}

function showMinimum() {
  const most = Math.max(1, ...[...relations.values()].map((relation) => relation.count));
  $('#least').hidden = most < 2;
  $('#minimum').max = most;
  $('#minimum').value = filters.minimum;
  $('#minimum-value').textContent = filters.minimum === 1 ? 'once' : `${filters.minimum} times`;
}

// Time

let playing = null;

function showTime() {
  const days = allDays();
  $('#time').hidden = days.length < 2;
  for (const id of ['from', 'until']) $('#' + id).max = days.length - 1;
  const from = filters.from ? days.findIndex((day) => day >= filters.from) : 0;
  const until = filters.until ? days.filter((day) => day <= filters.until).length - 1 : days.length - 1;
  $('#from').value = Math.max(from, 0);
  $('#until').value = Math.max(until, 0);
  $('#from-value').textContent = readableDay(days[$('#from').value]);
  $('#until-value').textContent = readableDay(days[$('#until').value]);
}

function setTime(from, until) {
  const days = allDays();
  filters.from = from > 0 ? days[from] : null;
  filters.until = until < days.length - 1 ? days[until] : null;
  refresh();
  showTime();
}

function play() {
  if (playing) return stopPlaying();
  const last = allDays().length - 1;
  const from = +$('#from').value;
  let until = from;
  const step = Math.max(1, Math.ceil((last - from) / 30));
  $('#play').textContent = 'Stop';
  $('#play').setAttribute('aria-pressed', 'true');
  setTime(from, until);
  playing = setInterval(() => {
    until = Math.min(until + step, last);
    setTime(from, until);
    if (until === last) stopPlaying();
  }, 600);
}

function stopPlaying() {
  clearInterval(playing);
  playing = null;
  $('#play').textContent = 'Play';
  $('#play').setAttribute('aria-pressed', 'false');
}

// Search

function showNames() {
  const names = [...actors.values()].map((actor) => actor.label).sort();
  $('#names').replaceChildren(...names.map((name) => el('option', { value: name })));
}

function findActor(text) {
  const wish = text.trim().toLowerCase();
  if (!wish) return null;
  const all = [...actors.values()].sort((a, b) => b.weight - a.weight);
  const name = (actor) => actor.label.toLowerCase();
  return (
    all.find((actor) => name(actor) === wish || actor.id.toLowerCase() === wish) ||
    all.find((actor) => name(actor).startsWith(wish)) ||
    all.find((actor) => name(actor).includes(wish)) ||
    null
  );
}

function search() {
  const actor = findActor($('#search').value);
  $('#search').setAttribute('aria-invalid', String(!actor && Boolean($('#search').value)));
  if (!actor) return;
  choose({ actor: actor.id });
  if (view === 'table') showTable();
  else if (network) network.focus(actor.id, { scale: Math.max(network.getScale(), 0.8), animation: calm() ? false : { duration: 300, easingFunction: 'easeInOutQuad' } });
}
