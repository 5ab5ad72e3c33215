// The page's data and what can be asked of it; nothing here draws.

const graph = JSON.parse($('#graph').textContent);
const LOOKS = JSON.parse($('#looks').textContent);

const actors = new Map();
const relations = new Map();
const bends = new Map(); // relation's id -> how far its line bows out
const BEND = 0.2;
const UNKNOWN_TYPE = { label: '', past: '', quad: 'structural', symmetric: false };

function readGraph() {
  for (const actor of graph.actors) addActor(actor);
  for (const relation of graph.relations) addRelation(relation);
}

function addActor(actor) {
  actors.set(actor.id, actor);
}

function addRelation(relation) {
  relations.set(relation.id, relation);
  bends.clear();
  wantedNow = daysKnown = null;
}

const typeOf = (relation) => graph.types[relation.type] || { ...UNKNOWN_TYPE, label: relation.type, past: relation.type };
const nameOf = (id) => (actors.get(id) ? actors.get(id).label : id);
const quadOf = (relation) => LOOKS.quads[relation.quad] || LOOKS.quads.structural;
const statusOf = (relation) => LOOKS.statuses[relation.status] || LOOKS.statuses.occurred;
const isStructural = (relation) => relation.quad === 'structural';
const touches = (relation, id) => relation.from === id || relation.to === id;

// "visited", "visit planned": what the line says.
function shortText(relation) {
  const type = typeOf(relation);
  const note = statusOf(relation).note;
  return note ? `${type.label} ${note}` : type.past;
}

// "Vladimir Putin visited North Korea", "China: aid to Russia denied".
function sentenceOf(relation) {
  const type = typeOf(relation);
  const note = statusOf(relation).note;
  if (!note) return `${nameOf(relation.from)} ${type.past} ${nameOf(relation.to)}`;
  const joint = type.symmetric ? ' and ' : ' → ';
  return `${nameOf(relation.from)}${joint}${nameOf(relation.to)}: ${type.label} ${note}`;
}

const timesText = (relation) => (relation.count > 1 ? ` ×${relation.count}` : '');

// Evidence of this page names its article by number, that of the API holds it.
const articleOf = (evidence) => (typeof evidence.article === 'number' ? graph.articles[evidence.article] : evidence.article) || {};

let daysKnown = null; // forgotten whenever relations come in

// Every day the relations tell of, in order.
function allDays() {
  if (!daysKnown) daysKnown = findDays();
  return daysKnown;
}

function findDays() {
  const days = new Set();
  for (const relation of relations.values()) {
    days.add(relation.first).add(relation.last);
    for (const each of relation.evidence) days.add(each.date);
  }
  days.delete(null);
  days.delete(undefined);
  return [...days].sort();
}

// How far each line of a pair bows out, so that several lines between two actors lie apart.

function bendOf(relation) {
  if (!bends.size) spreadBends();
  return bends.get(relation.id) || 0;
}

function spreadBends() {
  const pairs = new Map();
  for (const relation of relations.values()) {
    const key = [relation.from, relation.to].sort().join('\n');
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push(relation);
  }
  for (const group of pairs.values()) {
    group.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : b.count - a.count || (a.id < b.id ? -1 : 1)));
    const step = group.length > 5 ? (BEND * 5) / group.length : BEND;
    group.forEach((relation, place) => {
      const offset = (place - (group.length - 1) / 2) * step;
      // Clockwise is seen from the source: a line that runs the other way needs the other sign.
      bends.set(relation.id, relation.from <= relation.to ? offset : -offset);
    });
  }
}

// A relation as the API writes it -> as this page keeps it.
function fromApi(item) {
  return {
    id: [item.source.id, item.type, item.target.id, item.status].join('|'),
    from: item.source.id,
    to: item.target.id,
    type: item.type,
    quad: item.quad,
    status: item.status,
    count: item.count,
    articles: item.articles,
    first: item.first_seen,
    last: item.last_seen,
    evidence: item.evidence.map((each) => ({ ...each, at: each.trigger_start - each.start })),
  };
}

// The sentence in three pieces around its trigger; offsets count characters, not UTF-16 units.
function cutAtTrigger(evidence) {
  const letters = [...evidence.sentence];
  const length = [...(evidence.trigger || '')].length;
  if (length && letters.slice(evidence.at, evidence.at + length).join('') === evidence.trigger) {
    return [letters.slice(0, evidence.at).join(''), evidence.trigger, letters.slice(evidence.at + length).join('')];
  }
  const place = evidence.trigger ? evidence.sentence.indexOf(evidence.trigger) : -1;
  if (place < 0) return [evidence.sentence, '', ''];
  return [evidence.sentence.slice(0, place), evidence.trigger, evidence.sentence.slice(place + evidence.trigger.length)];
}
