// Asks the service for more relations of an actor and finds places for those who are new.

async function expand(id) {
  const note = $('#note');
  let items;
  try {
    const answer = await fetch(`${graph.api}/relations?actor=${encodeURIComponent(id)}&limit=50`);
    if (!answer.ok) throw new Error(answer.statusText);
    items = (await answer.json()).items;
  } catch {
    note.textContent = 'The service did not answer; try again.';
    return;
  }
  if (view !== 'network') showView('network');
  const before = [actors.size, relations.size];
  for (const item of items) takeIn(item, id);
  redrawLines();
  showControls();
  showNames();
  showTime();
  choose({ actor: id });
  const found = [actors.size - before[0], relations.size - before[1]];
  note.textContent = found[1] ? `Added ${plural(found[0], 'actor')} and ${plural(found[1], 'relation')}.` : 'Nothing new.';
  if (found[0]) showAllOf(id);
}

function takeIn(item, centre) {
  const relation = fromApi(item);
  if (relations.has(relation.id)) return;
  for (const actor of [item.source, item.target]) {
    if (!actors.has(actor.id)) takeInActor(actor, centre);
    actors.get(actor.id).weight += item.count;
  }
  addRelation(relation);
}

function takeInActor({ id, name, kind, country }, centre) {
  const flags = kind === 'country' ? { flag: id } : { badge: country };
  const actor = { id, label: name, kind, country, ...flags, size: 20, weight: 0, ...freePlace(centre) };
  addActor(actor);
  nodes.add(toNode(actor));
  for (const code of Object.values(flags)) if (code) loadPicture(code);
}

// The free place nearest to the centre, looked for on growing rings; nobody who has a place moves.
function freePlace(centre) {
  const places = placesNow();
  const middle = places.get(centre) || { x: 0, y: 0, radius: 0 };
  for (let ring = middle.radius + 110; ; ring += 45) {
    const steps = Math.ceil(ring / 20);
    for (let step = 0; step < steps; step++) {
      const angle = (2 * Math.PI * step) / steps + ring;
      const spot = { x: middle.x + ring * 1.25 * Math.cos(angle), y: middle.y + ring * 0.9 * Math.sin(angle) };
      if ([...places.values()].every((other) => Math.abs(other.x - spot.x) > other.radius + 90 || Math.abs(other.y - spot.y) > other.radius + 58)) return spot;
    }
  }
}

// Zooms out only as far as the new ones need.
function showAllOf(id) {
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const { width, height } = $('#stage').getBoundingClientRect();
  const far = network.DOMtoCanvas({ x: width, y: height });
  const lit = litActors();
  const outside = [...placesNow()].some(([each, { x, y }]) => lit.has(each) && (x < corner.x || x > far.x || y < corner.y || y > far.y));
  if (outside) fit();
}
