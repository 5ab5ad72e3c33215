// The panel beside the map: an overview, an actor's relations, or a relation's evidence.

const LISTED = 60;

function showPanel() {
  const panel = $('#panel');
  panel.replaceChildren();
  if (selection.relation) panel.append(...relationParts(relations.get(selection.relation)));
  else if (selection.actor) panel.append(...actorParts(actors.get(selection.actor)));
  else panel.append(...overviewParts());
  panel.scrollTop = 0;
}

const backButton = () => el('button', { type: 'button', class: 'back', onclick: () => choose({}) }, '← All relations');

function lineSample(relation) {
  const quad = quadOf(relation);
  const attributes = { x1: 1, x2: 27, y1: 5, y2: 5, 'stroke-width': 3.2, class: 'sample' };
  if (quad.dash.length) attributes['stroke-dasharray'] = quad.dash.map((length) => length * 0.7).join(' ');
  const picture = svg('svg', { width: 28, height: 10, 'aria-hidden': 'true' }, svg('line', attributes));
  picture.style.setProperty('--quad', `var(--quad-${relation.quad in LOOKS.quads ? relation.quad : 'structural'})`);
  return picture;
}

function relationButton(relation) {
  const note = statusOf(relation).note;
  const text = el('span', { class: 'what' });
  const type = typeOf(relation);
  text.append(
    el('b', {}, nameOf(relation.from)),
    note ? (type.symmetric ? ' and ' : ' → ') : ` ${type.past} `,
    el('b', {}, nameOf(relation.to)),
    note ? `: ${type.label} ` : '',
  );
  if (note) text.append(el('i', { class: 'note' }, note));
  return el(
    'button',
    { type: 'button', class: 'relation', 'data-relation': relation.id, onclick: () => choose({ relation: relation.id }) },
    lineSample(relation),
    text,
    isStructural(relation) ? null : el('span', { class: 'count', title: plural(relation.count, 'report') }, number(relation.count)),
  );
}

function relationList(items) {
  const list = el('ul', { class: 'relations' }, ...items.slice(0, LISTED).map((relation) => el('li', {}, relationButton(relation))));
  if (items.length <= LISTED) return [list];
  return [list, el('p', { class: 'hint' }, `${plural(items.length - LISTED, 'more relation')} in the table.`)];
}

function overviewParts() {
  const items = wanted();
  const hidden = items.length - Math.min(items.length, graph.maxDrawn);
  const parts = [el('h2', {}, 'Relations'), el('p', { class: 'hint' }, 'Choose a line or an actor to read the sentences behind it.')];
  if (hidden) parts.push(el('p', { class: 'hint' }, `The map draws the ${number(graph.maxDrawn)} strongest; ${plural(hidden, 'weaker one')} are in the table.`));
  if (!items.length) parts.push(el('p', { class: 'hint' }, 'No relation passes the filters.'));
  return [...parts, ...relationList(items.filter((each) => !isStructural(each)).concat(items.filter(isStructural))), shapeKey()];
}

function shapeKey() {
  const kinds = new Set([...actors.values()].map((actor) => actor.kind));
  const marks = Object.entries(LOOKS.kinds).filter(([kind]) => kinds.has(kind));
  return el('ul', { class: 'kinds', 'aria-label': 'Shapes of actors' }, ...marks.map(([, kind]) => el('li', { class: kind.shape }, kind.label)));
}

const KIND_NAMES = (actor) => (LOOKS.kinds[actor.kind] ? LOOKS.kinds[actor.kind].label : actor.kind);

function actorParts(actor) {
  const items = wanted().filter((relation) => touches(relation, actor.id));
  const where = actor.country && actor.country !== actor.id ? ` · ${nameOf(actor.country)}` : '';
  const tools = el('p', { class: 'tools' });
  if (graph.api) tools.append(el('button', { type: 'button', id: 'expand', onclick: () => expand(actor.id) }, 'Show more of its relations'));
  if (graph.pages) tools.append(el('a', { href: graph.pages + encodeURIComponent(actor.id) }, 'Map of this actor'));
  return [
    backButton(),
    el('h2', {}, actor.label),
    el('p', { class: 'hint' }, `${KIND_NAMES(actor)}${where} · ${plural(items.length, 'relation')}`),
    ...(tools.childNodes.length ? [tools] : []),
    ...relationList(items),
  ];
}

function relationParts(relation) {
  const quad = quadOf(relation);
  const days = [relation.first, relation.last].filter(Boolean).map(readableDay);
  const span = days[0] === days[1] ? days.slice(0, 1) : days;
  const facts = [`${quad.label}, ${statusOf(relation).label.toLowerCase()}`, isStructural(relation) ? null : plural(relation.count, 'report'), span.join(' – ')];
  return [
    backButton(),
    el('h2', {}, sentenceOf(relation)),
    el('p', { class: 'facts' }, lineSample(relation), facts.filter(Boolean).join(' · ')),
    el('p', { class: 'ends' }, ...[relation.from, relation.to].map((id) => el('button', { type: 'button', onclick: () => choose({ actor: id }) }, nameOf(id)))),
    ...evidenceParts(relation),
  ];
}

function evidenceParts(relation) {
  if (!relation.evidence.length) return [el('p', { class: 'hint' }, isStructural(relation) ? 'Known from the list of leaders.' : 'No sentence is kept for this relation.')];
  const parts = relation.evidence.map((each) => evidenceCard(each, relation));
  const more = relation.count - relation.evidence.length;
  if (more > 0) parts.push(el('p', { class: 'hint' }, `The latest ${plural(relation.evidence.length, 'sentence')} of ${plural(relation.count, 'report')}.`));
  return parts;
}

function evidenceCard(evidence, relation) {
  const [before, trigger, after] = cutAtTrigger(evidence);
  const article = articleOf(evidence);
  const source = el('figcaption', {});
  const title = article.title || article.url || 'Untitled article';
  source.append(webLink(article.url, title), ` · ${readableDay(evidence.date || article.published) || 'undated'}`);
  if (article.publisher) source.append(` · ${article.publisher}`);
  const quad = relation.quad in LOOKS.quads ? relation.quad : 'structural';
  return el(
    'figure',
    { class: 'evidence', '--quad': `var(--quad-${quad})` },
    el('blockquote', {}, before, trigger ? el('mark', {}, trigger) : null, after),
    source,
  );
}
