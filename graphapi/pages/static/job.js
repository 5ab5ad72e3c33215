'use strict';
// Follows a job until it has ended.
const job = document.getElementById('job');
const ENDED = ['done', 'failed', 'cancelled'];

async function follow() {
  const told = await (await fetch(job.dataset.job)).json();
  document.getElementById('state').textContent = told.state;
  for (const [name, number] of Object.entries(told.counts)) {
    const place = document.getElementById(`n-${name}`);
    if (place) place.textContent = number;
  }
  if (ENDED.includes(told.state)) {
    location.reload();
  } else {
    setTimeout(follow, 700);
  }
}

if (!ENDED.includes(job.dataset.state)) setTimeout(follow, 300);
