// The network on its canvas: what is drawn, what is lit, where the reader looks and clicks.

let network = null;
let nodes = null;
let lines = null;
let hovered = null;
let drawn = []; // relations on the canvas, strongest first

function startStage() {
  nodes = new vis.DataSet([...actors.values()].map(toNode));
  lines = new vis.DataSet(changedLines());
  network = new vis.Network($('#canvas'), { nodes, edges: lines }, graph.options);
  network.on('beforeDrawing', paintLand);
  network.on('afterDrawing', paintStage);
  network.on('click', ({ pointer }) => chooseAt(pointer));
  network.on('doubleClick', ({ nodes: [id] }) => id && graph.api && expand(id));
  network.on('hoverNode', ({ node }) => setHover({ actor: node }));
  network.on('hoverEdge', ({ edge }) => setHover({ relation: edge }));
  network.on('blurNode', () => setHover(null));
  network.on('blurEdge', () => setHover(null));
  network.on('dragEnd', () => (wordsStale = true) && redrawSoon());
  $('#canvas canvas').removeAttribute('tabindex');
}

// One frame for all who ask: vis-network's own redraw() draws at once, each time.
let redrawAsked = false;

function redrawSoon() {
  if (redrawAsked || !network) return;
  redrawAsked = true;
  requestAnimationFrame(() => {
    redrawAsked = false;
    network.redraw();
  });
}

function setHover(what) {
  hovered = what;
  $('#canvas').classList.toggle('pointing', Boolean(what));
  redrawSoon();
}

const drawable = () => wanted().slice(0, graph.maxDrawn);

// Brings the lines on the canvas in line with the filters.
function redrawLines() {
  if (!network) return;
  const next = drawable();
  const keep = new Set(next.map((relation) => relation.id));
  const gone = lines.getIds().filter((id) => !keep.has(id));
  if (gone.length) lines.remove(gone);
  for (const id of gone) looksNow.delete(id);
  drawn = next;
  wordsStale = true;
  restyle();
}

const looksNow = new Map(); // relation's id -> its look on the canvas, to update only lines that change

function restyle() {
  if (!network) return;
  const changed = changedLines();
  if (changed.length) lines.update(changed);
  redrawSoon();
}

function changedLines() {
  return drawn.map((relation) => toLine(relation, isDim(relation))).filter((line) => {
    const look = JSON.stringify(line);
    if (looksNow.get(line.id) === look) return false;
    looksNow.set(line.id, look);
    return true;
  });
}

// What a selection leaves lit: an actor with its neighbours, a relation with its two ends.
function litActors() {
  if (selection.relation) {
    const { from, to } = relations.get(selection.relation);
    return new Set([from, to]);
  }
  if (!selection.actor) return null;
  return new Set([selection.actor, ...wanted().filter((each) => touches(each, selection.actor)).flatMap((each) => [each.from, each.to])]);
}

function isDim(relation) {
  if (selection.relation) return selection.relation !== relation.id;
  return Boolean(selection.actor) && !touches(relation, selection.actor);
}

function placesNow() {
  const places = new Map();
  for (const [id, { x, y }] of Object.entries(network.getPositions())) {
    if (isPlaced(actors.get(id))) places.set(id, { x, y, radius: radiusOf(actors.get(id)) });
  }
  return places;
}

function pointOn(id, share) {
  const line = network.body.edges[id];
  return line && line.edgeType ? line.edgeType.getPoint(share) : { x: 0, y: 0 };
}

function paintStage(context) {
  const places = placesNow();
  const lit = litActors();
  const isLit = (id) => !lit || lit.has(id);
  const toName = drawn.filter((relation) => !isDim(relation));
  const scale = network.getScale();
  if (wordsStale || Math.abs(textGrowth(scale) / wordsScale - 1) > 0.05) {
    const inTheWay = actors.size > 40 ? new Map([...places].filter(([id]) => isLit(id))) : places;
    placeWords(context, toName.length <= LOOKS.labelledEdges ? toName : [], inTheWay, scale);
    wordsStale = false;
  }
  context.save();
  const order = [...places].sort((a, b) => actors.get(a[0]).weight - actors.get(b[0]).weight);
  for (const [id, place] of order) paintActor(context, actors.get(id), place, isLit(id));
  paintWords(context, (relation) => !isDim(relation));
  paintNames(context, places, scale, isLit);
  paintMarked(context, places);
  context.restore();
}

// The words of the line under the pointer or chosen, also where a crowded map shows none.
function paintMarked(context, places) {
  const growth = Math.max(wordsScale, 0.9 / network.getScale());
  for (const id of new Set([hovered && hovered.relation, selection.relation])) {
    const relation = id && relations.get(id);
    if (!relation || !lines.get(id) || !places.has(relation.from) || !places.has(relation.to) || words.some((word) => word.relation.id === id)) continue;
    paintWord(context, { relation, text: shortText(relation) + timesText(relation), ...pointOn(id, 0.5) }, growth);
  }
}

function chooseAt(pointer) {
  const id = network.getNodeAt(pointer.DOM);
  if (id !== undefined) return choose({ actor: id });
  const at = pointer.canvas;
  const word = words.find((each) => overlaps(wordBox(each), boxAround(at.x, at.y, 1, 1)));
  const line = word ? word.relation.id : network.getEdgeAt(pointer.DOM);
  return choose(line === undefined ? {} : { relation: line });
}

function choose({ actor = null, relation = null }) {
  selection.actor = actor;
  selection.relation = relation;
  wordsStale = true;
  if (view === 'table' && (actor || relation)) markRow();
  restyle();
  showPanel();
  writeAddress();
}

let fitted = false;

// vis-network finds out by itself that its place has another size, but late.
function measureCanvas() {
  const [place, canvas] = [$('#canvas'), $('#canvas canvas')];
  if (place.clientWidth !== canvas.clientWidth || place.clientHeight !== canvas.clientHeight) network.setSize('100%', '100%');
}

// Shows everything, within what the stage has room for.
function fit() {
  if (!network || $('#stage').hidden) return;
  fitted = true;
  measureCanvas();
  const places = [...placesNow()];
  if (!places.length) return;
  const context = $('#canvas canvas').getContext('2d');
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [id, place] of places) {
    const name = nameBox(context, actors.get(id), place, 1);
    left = Math.min(left, place.x - place.radius, name.left);
    right = Math.max(right, place.x + place.radius, name.right);
    top = Math.min(top, place.y - place.radius);
    bottom = Math.max(bottom, name.bottom);
  }
  const { width, height } = $('#stage').getBoundingClientRect();
  // The buttons of the corner lie over the lower edge: nothing is to hide behind them.
  const corner = 36;
  const scale = Math.max(Math.min((width - 48) / (right - left), (height - 48 - corner) / (bottom - top), 1.5), 0.05);
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + corner / 2 / scale }, scale });
}

function zoomBy(factor) {
  network.moveTo({ scale: network.getScale() * factor, animation: calm() ? false : { duration: 160, easingFunction: 'easeOutQuad' } });
}
