// What is shown -> files: pictures and the formats other tools read.

const xml = (text) => String(text ?? '').replace(/[<>&"'\u0000-\u001f]/g, (letter) => `&#${Math.max(letter.charCodeAt(0), 32)};`);
const fileName = (ending) => `${(graph.title.toLowerCase().match(/[a-z0-9]+/g) || ['map']).join('-').slice(0, 60)}.${ending}`;

function save(ending, content, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = el('a', { href: address, download: fileName(ending) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const EXPORTS = {
  png: exportPng,
  svg: () => save('svg', toSvg(), 'image/svg+xml'),
  graphml: () => save('graphml', toGraphml(), 'application/xml'),
  gexf: () => save('gexf', toGexf(), 'application/xml'),
  json: () => save('json', JSON.stringify(toJson(), null, 1), 'application/json'),
};

function exportPng() {
  const canvas = $('#canvas canvas');
  const copy = el('canvas', { width: canvas.width, height: canvas.height });
  const context = copy.getContext('2d');
  context.fillStyle = theme().page;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  copy.toBlob((picture) => save('png', picture));
}

function toJson() {
  const plain = ({ id, label, kind, country }) => ({ id, name: label, kind, country: country || null });
  return {
    title: graph.title,
    actors: [...actors.values()].map(plain),
    relations: wanted().map(({ id, from, to, ...rest }) => ({
      source: from,
      target: to,
      ...rest,
      evidence: rest.evidence.map((each) => ({ ...each, article: articleOf(each) })),
    })),
  };
}

const RELATION_FIELDS = ['type', 'quad', 'status', 'count', 'articles', 'first', 'last'];
const NUMBERS = new Set(['count', 'articles']);

function toGraphml() {
  const key = (id, on, type) => `<key id="${id}" for="${on}" attr.name="${id}" attr.type="${type}"/>`;
  const data = (id, value) => (value == null ? '' : `<data key="${id}">${xml(value)}</data>`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...['name', 'kind', 'country'].map((id) => key(id, 'node', 'string')),
    ...RELATION_FIELDS.map((id) => key(id, 'edge', NUMBERS.has(id) ? 'int' : 'string')),
    '<graph edgedefault="directed">',
    ...[...actors.values()].map((actor) => `<node id="${xml(actor.id)}">${data('name', actor.label)}${data('kind', actor.kind)}${data('country', actor.country)}</node>`),
    ...wanted().map((each) => `<edge id="${xml(each.id)}" source="${xml(each.from)}" target="${xml(each.to)}">${RELATION_FIELDS.map((id) => data(id, each[id])).join('')}</edge>`),
    '</graph></graphml>',
  ].join('\n');
}

function toGexf() {
  const attribute = (id) => `<attribute id="${id}" title="${id}" type="${NUMBERS.has(id) ? 'integer' : 'string'}"/>`;
  const value = (id, content) => (content == null ? '' : `<attvalue for="${id}" value="${xml(content)}"/>`);
  const placed = placesNow();
  const node = (actor) => {
    const place = placed.get(actor.id);
    const spot = place ? `<viz:position x="${place.x}" y="${-place.y}"/><viz:size value="${place.radius}"/>` : '';
    return `<node id="${xml(actor.id)}" label="${xml(actor.label)}"><attvalues>${value('kind', actor.kind)}${value('country', actor.country)}</attvalues>${spot}</node>`;
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
    '<graph defaultedgetype="directed">',
    `<attributes class="node">${['kind', 'country'].map(attribute).join('')}</attributes>`,
    `<attributes class="edge">${RELATION_FIELDS.map(attribute).join('')}</attributes>`,
    '<nodes>', ...[...actors.values()].map(node), '</nodes>',
    '<edges>',
    ...wanted().map((each) => `<edge id="${xml(each.id)}" source="${xml(each.from)}" target="${xml(each.to)}" label="${xml(shortText(each))}" weight="${each.count}"><attvalues>${RELATION_FIELDS.map((id) => value(id, each[id])).join('')}</attvalues></edge>`),
    '</edges></graph></gexf>',
  ].join('\n');
}

function toSvg() {
  const places = placesNow();
  const shapes = [];
  const boxes = [...places].map(([, { x, y, radius }]) => [x - radius - 90, y - radius - 20, x + radius + 90, y + radius + 40]);
  const [left, top, right, bottom] = [0, 1, 2, 3].map((side) => (side < 2 ? Math.min : Math.max)(0, ...boxes.map((box) => box[side])));
  for (const relation of drawn) shapes.push(svgLine(relation, places));
  for (const [id, place] of places) shapes.push(svgActor(actors.get(id), place));
  const text = (x, y, words, size, weight, fill) =>
    `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}" stroke="${theme().page}" stroke-width="4" paint-order="stroke" stroke-linejoin="round" text-anchor="middle">${xml(words)}</text>`;
  for (const word of words) shapes.push(text(word.x, word.y + 4, word.text, WORD_SIZE, 500, theme().soft));
  for (const [id, { x, y, radius }] of places) shapes.push(text(x, y + radius + 20, nameOf(id), NAME_SIZE, 600, theme().ink));
  const box = `${left} ${top} ${right - left} ${bottom - top}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" font-family="${xml(LOOKS.font)}"><title>${xml(graph.title)}</title><rect x="${left}" y="${top}" width="100%" height="100%" fill="${theme().page}"/>${shapes.join('')}</svg>`;
}

function svgLine(relation, places) {
  const [from, to] = [places.get(relation.from), places.get(relation.to)];
  if (!from || !to || from === to) return '';
  const middle = pointOn(relation.id, 0.5);
  // The curve is quadratic: its control point lies twice as far out as its middle.
  const control = { x: 2 * middle.x - (from.x + to.x) / 2, y: 2 * middle.y - (from.y + to.y) / 2 };
  const angle = Math.atan2(to.y - control.y, to.x - control.x);
  const end = { x: to.x - (to.radius + 3) * Math.cos(angle), y: to.y - (to.radius + 3) * Math.sin(angle) };
  const paint = colour(quadOf(relation));
  const width = lineWidth(relation);
  const dash = quadOf(relation).dash.length ? ` stroke-dasharray="${quadOf(relation).dash.join(' ')}"` : '';
  const head = typeOf(relation).symmetric || isStructural(relation) ? '' : svgHead(end, angle, width, { paint, shape: statusOf(relation).head });
  return `<g opacity="${statusOf(relation).opacity}"><path d="M${from.x},${from.y}Q${control.x},${control.y} ${end.x},${end.y}" fill="none" stroke="${paint}" stroke-width="${width}"${dash}/>${head}</g>`;
}

function svgHead(end, angle, width, { paint, shape }) {
  const at = (turn, length) => `${end.x - length * Math.cos(angle + turn)},${end.y - length * Math.sin(angle + turn)}`;
  const size = 6 + 2 * width;
  if (shape === 'triangle') return `<path d="M${end.x},${end.y}L${at(0.45, size)}L${at(-0.45, size)}Z" fill="${paint}"/>`;
  const line = shape === 'bar' ? `M${at(Math.PI / 2, size)}L${at(-Math.PI / 2, size)}` : `M${at(0.5, size)}L${end.x},${end.y}L${at(-0.5, size)}`;
  return `<path d="${line}" fill="none" stroke="${paint}" stroke-width="2"/>`;
}

function svgOutline(shape, { x, y, radius }) {
  if (shape === 'square') return `<rect x="${x - radius * 0.9}" y="${y - radius * 0.9}" width="${radius * 1.8}" height="${radius * 1.8}" rx="${radius * 0.35}"`;
  if (shape !== 'hexagon') return `<circle cx="${x}" cy="${y}" r="${radius}"`;
  const corners = [0, 1, 2, 3, 4, 5].map((corner) => (Math.PI / 3) * corner + Math.PI / 6);
  return `<polygon points="${corners.map((angle) => `${x + radius * 1.06 * Math.cos(angle)},${y + radius * 1.06 * Math.sin(angle)}`).join(' ')}"`;
}

function svgActor(actor, place) {
  const { x, y, radius } = place;
  const flag = graph.flags[actor.flag];
  const id = `clip-${xml(actor.id)}`;
  const outline = svgOutline(kindOf(actor).shape, place);
  if (flag) {
    const picture = `<image href="${xml(flag)}" x="${x - radius}" y="${y - radius}" width="${radius * 2}" height="${radius * 2}" clip-path="url(#${id})"/>`;
    return `<clipPath id="${id}">${outline}/></clipPath>${picture}${outline} fill="none" stroke="${theme().shade}"/>`;
  }
  const letters = monogram(actor);
  const size = radius * (letters.length > 2 ? 0.66 : 0.8);
  return `${outline} fill="${colour(kindOf(actor))}"/><text x="${x}" y="${y + size * 0.36}" font-size="${size}" font-weight="600" fill="${theme()['on-fill']}" text-anchor="middle">${xml(letters)}</text>`;
}
