// How the Neo4j store finds the events and edges that a question asks for. `ANY_TYPE` stands for all relationship types
// of the vocabulary: with them in the text the server walks the aggregate edges alone, not the hundred thousand events
// of a country (4 ms against 47 ms).

// name: happening
// Events that may answer, by the quickest way to them.
CALL () {
    WITH 1 AS one WHERE $folds AND $article IS NOT NULL
    MATCH (e:Event) WHERE e.article = $article
    RETURN e
    UNION ALL
    WITH 1 AS one WHERE $folds AND $article IS NULL AND $near IS NULL AND $dated
    MATCH (e:Event) WHERE e.date >= $since AND e.date <= $until
    RETURN e
    UNION ALL
    WITH 1 AS one WHERE $folds AND $article IS NULL AND $near IS NULL AND NOT $dated
    MATCH (e:Event)
    RETURN e
    UNION ALL
    WITH 1 AS one WHERE $folds AND $article IS NULL AND $near IS NOT NULL AND $far IS NULL AND $dated
    MATCH (a:Actor) WHERE a.id = $near OR a.country = $near
    CALL (a) {
        MATCH (e:Event) WHERE e.source = a.id AND e.date >= $since AND e.date <= $until
        RETURN e
        UNION
        MATCH (e:Event) WHERE e.target = a.id AND e.date >= $since AND e.date <= $until
        RETURN e
    }
    RETURN DISTINCT e
    UNION ALL
    WITH 1 AS one WHERE $folds AND $article IS NULL AND $near IS NOT NULL AND $far IS NULL AND NOT $dated
    MATCH (a:Actor) WHERE a.id = $near OR a.country = $near
    MATCH (a)<-[:SOURCE|TARGET]-(e:Event)
    RETURN DISTINCT e
    UNION ALL
    WITH 1 AS one WHERE $folds AND $article IS NULL AND $far IS NOT NULL
    MATCH (a:Actor) WHERE a.id = $near OR a.country = $near
    MATCH (b:Actor) WHERE b.id = $far OR b.country = $far
    CALL (a, b) {
        MATCH (e:Event) WHERE e.source = a.id AND e.target = b.id
        RETURN e
        UNION
        MATCH (e:Event) WHERE e.source = b.id AND e.target = a.id
        RETURN e
    }
    RETURN DISTINCT e
}
WITH e WHERE NOT $dated OR (e.date >= $since AND e.date <= $until)

// name: answering
// Of two actors s and t and a type: those between whom it answers, as it stands or turned.
WITH *
WHERE type IN $types AND status IN $statuses AND confidence >= $least
    AND ($actor IS NULL OR s.id = $actor OR s.country = $actor OR t.id = $actor OR t.country = $actor)
    AND (NOT $paired
        OR ((s.id = $near OR coalesce(s.country = $near, false)) AND (t.id = $far OR coalesce(t.country = $far, false)))
        OR ((s.id = $far OR coalesce(s.country = $far, false)) AND (t.id = $near OR coalesce(t.country = $near, false))))
WITH *,
    ($source IS NULL OR s.id = $source OR coalesce(s.country = $source, false))
        AND ($target IS NULL OR t.id = $target OR coalesce(t.country = $target, false)) AS straight,
    type IN $symmetric
        AND ($source IS NULL OR t.id = $source OR coalesce(t.country = $source, false))
        AND ($target IS NULL OR s.id = $target OR coalesce(s.country = $target, false)) AS flipped
WHERE straight OR flipped

// name: matching
// Events that answer.
CALL () {
    // include: happening
    RETURN e
}
MATCH (s:Actor {id: e.source})
MATCH (t:Actor {id: e.target})
WITH e, s, t, e.type AS type, e.status AS status, e.confidence AS confidence
// include: answering

// name: matching_all
// Events that answer a question which names no actor.
CALL () {
    // include: happening
    RETURN e
}
WITH e WHERE e.type IN $types AND e.status IN $statuses AND e.confidence >= $least

// name: evidenced
CALL (s, t, type, status) {
    MATCH (e:Event)
    WHERE e.source = s.id AND e.target = t.id AND e.type = type AND e.status = status
        AND ($article IS NULL OR e.article = $article)
        AND (NOT $dated OR (e.date >= $since AND e.date <= $until))
    WITH e ORDER BY coalesce(e.date, $earliest) DESC, e.confidence DESC, e.article, e.start, e.id LIMIT $evidence
    MATCH (e)-[v:EVIDENCED_BY]->(x:Article)
    WITH e, v, x ORDER BY coalesce(e.date, $earliest) DESC, e.confidence DESC, e.article, e.start, e.id
    RETURN collect({relation: e.id, confidence: e.confidence, sentence: e.sentence, place: properties(v),
        article: x {.id, .title, .url, .publisher, .published, .story}}) AS evidence
}
RETURN source {.id, .name, .kind, .country, .qid} AS source, type,
    target {.id, .name, .kind, .country, .qid} AS target, status, count, articles, sources, confidence, first_seen,
    last_seen, turned, evidence

// name: ranked
// Edges that answer, in order behind the key of the last one shown, with their newest evidence.
// include: answering
WITH *, coalesce(toString(last_seen), '') AS seen,
    coalesce(10000 * last_seen.year + 100 * last_seen.month + last_seen.day, 0) AS day,
    CASE WHEN straight THEN 0 ELSE 1 END AS turned,
    CASE WHEN straight THEN s ELSE t END AS source,
    CASE WHEN straight THEN t ELSE s END AS target
WITH *, CASE WHEN $by_day THEN day ELSE count END AS high, CASE WHEN $by_day THEN count ELSE day END AS low
WHERE high < $after_high
    OR (high = $after_high AND (low < $after_low OR (low = $after_low
        AND [source.id, type, target.id, status, turned]
            > [$after_source, $after_type, $after_target, $after_status, $after_turned])))
WITH *
ORDER BY high DESC, low DESC, source.id, type, target.id, status, turned
LIMIT $limit
// include: evidenced
ORDER BY high DESC, low DESC, source.id, type, target.id, status, turned

// name: paired
// The strongest pairs, a row a type.
WITH first, second, type, sum(count) AS count
WITH first, second, sum(count) AS total, collect({type: type, count: count}) AS types
RETURN first {.id, .name, .kind, .country, .qid} AS first, second {.id, .name, .kind, .country, .qid} AS second,
    total, types
ORDER BY total DESC, first.id, second.id LIMIT $top

// name: asked_edges
// Edges that may answer: all, those of an actor and of those who act for it, those between two sides.
CALL () {
    WITH 1 AS one WHERE $near IS NULL
    MATCH (:Actor)-[r:ANY_TYPE]->(:Actor)
    RETURN r
    UNION ALL
    WITH 1 AS one WHERE $near IS NOT NULL AND $far IS NULL
    MATCH (a:Actor) WHERE a.id = $near OR a.country = $near
    MATCH (a)-[r:ANY_TYPE]-(:Actor)
    RETURN r
    UNION ALL
    WITH 1 AS one WHERE $far IS NOT NULL
    MATCH (a:Actor) WHERE a.id = $near OR a.country = $near
    MATCH (b:Actor) WHERE b.id = $far OR b.country = $far
    MATCH (a)-[r:ANY_TYPE]-(b)
    RETURN r
}
WITH r WHERE r.confidence >= $least AND r.status IN $statuses AND ($any_type OR type(r) IN $type_names)

// name: relations
// The last edge of a page may be no weaker (or no earlier) than `floor`: only what is above is put in order by its ids.
// An edge that two ways lead to counts twice, and so each one as a half. Where one side is asked for, all may be needed.
CALL () {
    // include: asked_edges
    WITH CASE WHEN $by_day THEN coalesce(10000 * r.last_seen.year + 100 * r.last_seen.month + r.last_seen.day, 0)
        ELSE r.count END AS high
    WHERE $is_open AND high < $after_high
    WITH high ORDER BY high DESC SKIP 2 * $limit LIMIT 1
    RETURN coalesce(max(high), 0) AS floor
}
CALL (floor) {
    // include: asked_edges
    WITH r
    WHERE ($by_day AND coalesce(10000 * r.last_seen.year + 100 * r.last_seen.month + r.last_seen.day, 0) >= floor)
        OR (NOT $by_day AND r.count >= floor)
    RETURN DISTINCT r
}
WITH startNode(r) AS s, endNode(r) AS t, toLower(type(r)) AS type, r.status AS status, r.count AS count,
    r.articles AS articles, r.sources AS sources, r.confidence AS confidence, r.first_seen AS first_seen,
    r.last_seen AS last_seen
// include: ranked

// name: folded_relations
// include: happening
WITH e.source AS source, e.target AS target, e.type AS type, e.status AS status, count(*) AS count,
    count(DISTINCT e.article) AS articles, count(DISTINCT coalesce(e.story, e.article)) AS sources,
    max(e.confidence) AS confidence, min(e.date) AS first_seen, max(e.date) AS last_seen
MATCH (s:Actor {id: source})
MATCH (t:Actor {id: target})
WITH s, t, type, status, count, articles, sources, confidence, first_seen, last_seen
// include: ranked
