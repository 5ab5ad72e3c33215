// The same actors and lines on a map of the world; drawn on the same canvas, under the network.

const WORLD_SHRINK = 0.55;
const WORLD_BEND = 0.14; // all lines bow a little, or those along one parallel would hide each other
let stage = 'network'; // which of the two the canvas shows
let land = null;

const onWorld = () => stage === 'world';
const isPlaced = (actor) => !onWorld() || Boolean(actor.world);
const radiusOf = (actor) => actor.size * (onWorld() ? WORLD_SHRINK : 1);

function spotOf(actor) {
  if (!onWorld() || !actor.world) return { x: actor.x, y: actor.y };
  return { x: actor.world[0], y: actor.world[1] };
}

// Moves everybody to the places of a view; those who stand nowhere on the world are named in the note.
function standOn(next) {
  const wish = next === 'world' && graph.land ? 'world' : 'network';
  if (wish === stage) return;
  stage = wish;
  nodes.update([...actors.values()].map(toNode));
  wordsStale = true;
  restyle();
  fit();
  const missing = [...actors.values()].filter((actor) => !isPlaced(actor)).length;
  $('#note').textContent = missing ? `${plural(missing, 'actor')} of no single country not shown` : '';
}

function paintLand(context) {
  if (!onWorld()) return;
  if (!land) land = outlineLand();
  context.save();
  context.fillStyle = theme().land;
  context.strokeStyle = theme().coast;
  context.lineWidth = 1;
  context.fill(land);
  context.stroke(land);
  context.restore();
}

function outlineLand() {
  const path = new Path2D();
  for (const ring of graph.land) {
    path.moveTo(ring[0], ring[1]);
    for (let place = 2; place < ring.length; place += 2) path.lineTo(ring[place], ring[place + 1]);
    path.closePath();
  }
  return path;
}
