'use strict';
// With a key the form cannot be sent by itself: the key travels in a header.
const form = document.getElementById('ingest');
const trouble = document.getElementById('trouble');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  trouble.textContent = '';
  const given = {};
  for (const name of ['text', 'url', 'title', 'published']) {
    const value = form.elements[name].value.trim();
    if (value) given[name] = value;
  }
  if (!given.text && given.url) delete given.title, delete given.published;
  const headers = { 'Content-Type': 'application/json', Prefer: 'respond-async' };
  const key = form.elements.key && form.elements.key.value.trim();
  if (key) headers.Authorization = `Bearer ${key}`;
  try {
    const answer = await fetch('/v1/ingest', { method: 'POST', headers, body: JSON.stringify(given) });
    const told = await answer.json();
    if (answer.status !== 202) throw new Error(told.detail);
    location.assign(`/jobs/${encodeURIComponent(told.id)}`);
  } catch (error) {
    trouble.textContent = error.message;
  }
});
