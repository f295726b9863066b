-- Queries that must survive a round trip. One construct each, or one combination that is likely to break.

-- literals
SELECT 1, -1, 1.50, .5, 1e3, 1.5E-10, 99999999999999999999, 'it''s', '', 'größer 日本 😀', TRUE, FALSE, UNKNOWN, NULL;
SELECT X'CAFE', U&'\0041', _UTF8'abc', N'abc';
SELECT DATE '2026-01-31', TIME '12:34:56.789', TIMESTAMP '2026-01-31 12:34:56.123456';
SELECT INTERVAL '1' DAY, INTERVAL '1-2' YEAR TO MONTH, INTERVAL '1 02:03:04.567' DAY TO SECOND(3), INTERVAL -'5' MINUTE, INTERVAL '10' SECOND(2, 3);
SELECT INTERVAL 5 MINUTE, INTERVAL '3' HOURS, ts + INTERVAL '2' WEEK FROM t;
SELECT 'line one
line two', 'tab	inside', 'semi;colon -- no comment /* neither */' FROM t;

-- names
SELECT `select`, `a b`, `tick``s`, `Ä`, t.`from`.`x y` FROM `my db`.`order` AS `t`;
SELECT qualify, asof, variant, uuid, ordinal, measures, measure, match_condition, datetime, safe_cast, unsigned FROM qualify;
SELECT emit, changes, stream, job, watermark, state, metadata, bytes, string, timestamp_ltz FROM emit emit;
SELECT t.*, u.a AS b, count_char(u.c) FROM cat.db.t t, db.u AS u;
SELECT `count`(x), my_function(1, 'a'), `my function`(2) FROM t;

-- operators
SELECT a + b * c - d / e, (a + b) * c, a - (b - c), -(-a), - a, + b, a % b, MOD(a, b) FROM t;
SELECT a || b || 'c', NOT (a AND b) OR c, NOT a = b, (NOT a) = b, a <> b, a != c, a <= b, a >= c FROM t;
SELECT a IS NULL, b IS NOT NULL, c IS TRUE, d IS NOT FALSE, e IS UNKNOWN, a IS DISTINCT FROM b, (a = b) IS NOT DISTINCT FROM c FROM t;
SELECT * FROM t WHERE a BETWEEN 1 AND 2 AND b NOT BETWEEN SYMMETRIC c AND d OR e BETWEEN ASYMMETRIC f AND g;
SELECT * FROM t WHERE a LIKE 'x%' AND b NOT LIKE '%\_%' ESCAPE '\' AND c SIMILAR TO '(a|b)+' AND d NOT SIMILAR TO 'z';
SELECT * FROM t WHERE a IN (1, 2, 3) AND b NOT IN ('x') AND (c, d) IN ((1, 2), (3, 4)) AND e IN (SELECT f FROM u);
SELECT * FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a) AND NOT EXISTS (SELECT * FROM v);
SELECT * FROM t WHERE a > ALL (SELECT b FROM u) OR c = SOME (SELECT d FROM v) OR e < ANY (SELECT 1);
SELECT (SELECT MAX(x) FROM u), a + (SELECT 1) FROM t;
SELECT CASE WHEN a > 1 THEN 'x' WHEN b THEN 'y' ELSE 'z' END, CASE c WHEN 1 THEN 2 END, CASE d WHEN 1, 2 THEN 3 ELSE NULL END FROM t;
SELECT (start1, end1) OVERLAPS (start2, end2) FROM t;

-- casts and types
SELECT CAST(a AS INT), TRY_CAST(b AS DECIMAL(10, 2)), CAST(c AS STRING), CAST(d AS BYTES), CAST(e AS TIMESTAMP_LTZ(3)), CAST(f AS VARCHAR(10)) FROM t;
SELECT CAST(a AS ARRAY<INT NOT NULL>), CAST(b AS MAP<STRING, ROW<x INT, `y z` BIGINT NOT NULL>>), CAST(c AS MULTISET<DOUBLE>), CAST(d AS ROW(u INT, v ARRAY<STRING>)) FROM t;
SELECT CAST(a AS TIMESTAMP(3) WITH LOCAL TIME ZONE), CAST(b AS TIMESTAMP), CAST(c AS INTERVAL DAY TO SECOND), CAST(d AS DOUBLE PRECISION), CAST(e AS CHAR(3)), CAST(f AS VARBINARY(4)), CAST(g AS TIME(0)) FROM t;
SELECT TRY_CAST('x' AS INT), TRY_CAST(a AS ROW<b INT>) FROM t;

-- collections and rows
SELECT ARRAY[1, 2, 3], MAP['a', 1, 'b', 2], ROW(1, 'x', a), (1, 2), ARRAY[ROW(1, 2), ROW(3, 4)], MULTISET[1, 1] FROM t;
SELECT a[1], m['key'], a[i + 1][2], r.x.y, t.r.x, (r).x, CARDINALITY(a), ELEMENT(b) FROM t;
SELECT * FROM t CROSS JOIN UNNEST(tags) AS u (tag);
SELECT * FROM t CROSS JOIN UNNEST(t.tags) WITH ORDINALITY AS u (tag, pos);
SELECT * FROM t LEFT JOIN UNNEST(m) AS u (k, v) ON TRUE;
SELECT * FROM UNNEST(ARRAY[1, 2]);

-- functions with a syntax of their own
SELECT TRIM(a), TRIM(BOTH FROM b), TRIM(LEADING 'x' FROM c), TRIM(TRAILING y FROM d) FROM t;
SELECT SUBSTRING(a FROM 2 FOR 3), SUBSTRING(a, 2, 3), SUBSTRING(b FROM 4), OVERLAY(a PLACING b FROM 2 FOR 3), POSITION('x' IN a) FROM t;
SELECT EXTRACT(YEAR FROM ts), EXTRACT(WEEK FROM ts), YEAR(ts), HOUR(ts), FLOOR(ts TO HOUR), CEIL(ts TO DAY), FLOOR(x), CEIL(y) FROM t;
SELECT TIMESTAMPADD(DAY, 1, ts), TIMESTAMPDIFF(MINUTE, a, b), (a - b) DAY TO SECOND FROM t;
SELECT CURRENT_DATE, CURRENT_TIME, CURRENT_TIMESTAMP, LOCALTIME, LOCALTIMESTAMP, LOCALTIMESTAMP(3), NOW(), PROCTIME() FROM t;
SELECT COALESCE(a, b, 0), NULLIF(a, b), IF(a > b, 1, 2), IFNULL(a, b), GREATEST(a, b), LEAST(a, b) FROM t;
SELECT UUID(), RAND(), PI(), E(), POWER(a, 2), LOG(2, b), LN(c), ABS(d), SQRT(e), TRUNCATE(f, 2), ROUND(g, 1) FROM t;
SELECT CHAR_LENGTH(a), UPPER(b), LOWER(c), INITCAP(d), LEFT(e, 2), RIGHT(f, 3), REGEXP_EXTRACT(g, '(a)(b)', 2), SPLIT_INDEX(h, '/', 3), DATE_FORMAT(ts, 'yyyy-MM-dd'), REPLACE(i, 'a', 'b'), LPAD(j, 5, '0'), `REPEAT`(k, 2) FROM t;
SELECT JSON_VALUE(j, '$.a' RETURNING INT NULL ON EMPTY ERROR ON ERROR), JSON_QUERY(j, '$.b' WITH CONDITIONAL ARRAY WRAPPER EMPTY ARRAY ON EMPTY), JSON_EXISTS(j, '$.c' FALSE ON ERROR), j IS JSON, k IS NOT JSON OBJECT FROM t;
SELECT JSON_VALUE(j, 'lax $.a' DEFAULT 0 ON EMPTY DEFAULT -1 ON ERROR), JSON_VALUE(j, '$.x') FROM t;
SELECT JSON_OBJECT(KEY 'a' VALUE 1 NULL ON NULL), JSON_OBJECT('k' VALUE v ABSENT ON NULL), JSON_ARRAY(1, 2 NULL ON NULL), JSON_OBJECTAGG(KEY k VALUE v), JSON_ARRAYAGG(v ORDER BY w) FROM t GROUP BY g;

-- aggregation
SELECT a, COUNT(*), COUNT(DISTINCT b), SUM(ALL c), AVG(d) FILTER (WHERE e > 0), LISTAGG(f, ','), COLLECT(g) FROM t GROUP BY a HAVING COUNT(*) > 1;
SELECT LISTAGG(a, ', ') WITHIN GROUP (ORDER BY b DESC, c), ARRAY_AGG(DISTINCT a), PERCENTILE(a, 0.5) FROM t;
SELECT a, b, GROUPING(a), GROUPING_ID(a, b) FROM t GROUP BY GROUPING SETS ((a, b), (a), ());
SELECT a, b, COUNT(*) FROM t GROUP BY CUBE (a, b), ROLLUP (c, (d, e)), f;
SELECT COUNT(*) FROM t GROUP BY ();
SELECT DISTINCT a, b FROM t;
SELECT ALL a FROM t;
SELECT STDDEV_POP(a), VAR_SAMP(b), FIRST_VALUE(c), LAST_VALUE(d), MIN(e), MAX(f), APPROX_COUNT_DISTINCT(g) FROM t;

-- OVER
SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY b DESC NULLS LAST), RANK() OVER w, SUM(c) OVER (ORDER BY ts ROWS BETWEEN 5 PRECEDING AND CURRENT ROW) FROM t WINDOW w AS (PARTITION BY a ORDER BY b);
SELECT SUM(c) OVER (PARTITION BY a, d ORDER BY ts RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW), COUNT(*) OVER (ORDER BY ts RANGE UNBOUNDED PRECEDING), AVG(e) OVER (w ROWS 3 PRECEDING) FROM t WINDOW w AS (PARTITION BY a), v AS (w ORDER BY b);
SELECT LAG(a, 1) OVER (ORDER BY ts), LEAD(a, 2, 0) OVER (ORDER BY ts), FIRST_VALUE(b) IGNORE NULLS OVER (ORDER BY ts), LAST_VALUE(b) OVER (ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), NTILE(4) OVER (ORDER BY ts) FROM t;
SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v DESC) AS n FROM t) WHERE n <= 3;
SELECT a, b FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) = 1;
SELECT a FROM t WHERE b > 0 QUALIFY RANK() OVER (ORDER BY a) < 3 ORDER BY a;

-- joins
SELECT * FROM a JOIN b ON a.x = b.x LEFT JOIN c ON b.y = c.y AND c.z > 0 RIGHT OUTER JOIN d USING (k) FULL OUTER JOIN e ON TRUE CROSS JOIN f, g;
SELECT * FROM a NATURAL JOIN b;
SELECT * FROM (a JOIN b ON a.x = b.x) JOIN (c CROSS JOIN d) ON c.y = a.y;
SELECT * FROM a, b WHERE a.id = b.id AND a.ts BETWEEN b.ts - INTERVAL '4' HOUR AND b.ts;
SELECT * FROM orders AS o JOIN rates FOR SYSTEM_TIME AS OF o.ts AS r ON o.currency = r.currency;
SELECT * FROM orders AS o LEFT JOIN db.rates /*+ OPTIONS('scan.x' = 'y') */ FOR SYSTEM_TIME AS OF o.proc_time AS r ON o.c = r.c;
SELECT * FROM t ASOF JOIN u MATCH_CONDITION t.ts >= u.ts ON t.k = u.k;
SELECT * FROM t LEFT ASOF JOIN u MATCH_CONDITION t.ts >= u.ts ON t.k = u.k AND t.l = u.l;
SELECT * FROM t, LATERAL TABLE(split(t.line, ' ')) AS w (word, len);
SELECT * FROM t LEFT JOIN LATERAL TABLE(f(t.a)) AS u (x) ON TRUE;
SELECT * FROM s, LATERAL (SELECT MAX(p) AS m FROM b WHERE b.k = s.k) AS x;
SELECT * FROM t AS x (a, b) JOIN (VALUES (1, 'one'), (2, 'two')) AS v (n, name) ON x.a = v.n;

-- windows
SELECT * FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(ts), INTERVAL '10' SECOND));
SELECT window_start, window_end, COUNT(*) FROM TUMBLE(TABLE bid, DESCRIPTOR(ts), INTERVAL '10' MINUTES) GROUP BY window_start, window_end;
SELECT * FROM TABLE(TUMBLE(DATA => TABLE db.bid, TIMECOL => DESCRIPTOR(ts), SIZE => INTERVAL '1' HOUR, `OFFSET` => INTERVAL '5' MINUTE)) AS w;
SELECT * FROM TABLE(HOP(TABLE bid, DESCRIPTOR(`ts`), INTERVAL '5' MINUTE, INTERVAL '10' MINUTE, INTERVAL '1' MINUTE)) AS w (a, b);
SELECT * FROM HOP(DATA => TABLE bid, TIMECOL => DESCRIPTOR(ts), SLIDE => INTERVAL '5' MINUTE, SIZE => INTERVAL '10' MINUTE);
SELECT * FROM TABLE(CUMULATE(TABLE bid, DESCRIPTOR(ts), INTERVAL '2' MINUTE, INTERVAL '10' MINUTE));
SELECT * FROM TABLE(SESSION(TABLE bid PARTITION BY bidder, DESCRIPTOR(ts), INTERVAL '5' MINUTE));
SELECT * FROM SESSION(TABLE bid PARTITION BY (bidder, item) ORDER BY ts, DESCRIPTOR(ts), INTERVAL '5' MINUTE);
SELECT * FROM TABLE(SESSION(DATA => TABLE bid PARTITION BY bidder, TIMECOL => DESCRIPTOR(ts), GAP => INTERVAL '5' MINUTE));
SELECT * FROM TABLE(SESSION(TABLE bid, DESCRIPTOR(ts), INTERVAL '5' MINUTE));
SELECT * FROM TABLE(TUMBLE_ROWS(TABLE bid PARTITION BY bidder, 10));
SELECT * FROM TABLE(TUMBLE((SELECT * FROM bid WHERE price > 1), DESCRIPTOR(ts), INTERVAL '1' DAY));
SELECT a.x, b.y FROM (SELECT * FROM TABLE(TUMBLE(TABLE l, DESCRIPTOR(ts), INTERVAL '5' MINUTE))) a JOIN (SELECT * FROM TABLE(TUMBLE(TABLE r, DESCRIPTOR(ts), INTERVAL '5' MINUTE))) b ON a.k = b.k AND a.window_start = b.window_start AND a.window_end = b.window_end;
SELECT TUMBLE_START(ts, INTERVAL '1' DAY), TUMBLE_END(ts, INTERVAL '1' DAY), TUMBLE_ROWTIME(ts, INTERVAL '1' DAY), k, COUNT(*) FROM t GROUP BY TUMBLE(ts, INTERVAL '1' DAY), k;
SELECT HOP_START(ts, INTERVAL '1' MINUTE, INTERVAL '5' MINUTE), COUNT(*) FROM t GROUP BY HOP(ts, INTERVAL '1' MINUTE, INTERVAL '5' MINUTE);
SELECT SESSION_START(ts, INTERVAL '1' MINUTE), SESSION_PROCTIME(ts, INTERVAL '1' MINUTE), COUNT(*) FROM t GROUP BY k, SESSION(ts, INTERVAL '1' MINUTE);

-- set operations, order, with, values
SELECT a FROM t UNION ALL SELECT b FROM u UNION SELECT c FROM v INTERSECT SELECT d FROM w EXCEPT ALL SELECT e FROM x;
(SELECT a FROM t UNION SELECT b FROM u) INTERSECT (SELECT c FROM v EXCEPT SELECT d FROM w);
(SELECT a FROM t ORDER BY a LIMIT 3) UNION ALL (SELECT b FROM u ORDER BY b LIMIT 2) ORDER BY 1 DESC;
SELECT a FROM t ORDER BY a ASC NULLS FIRST, b DESC, c + 1 LIMIT 10 OFFSET 5;
SELECT a FROM t ORDER BY a OFFSET 5 ROWS FETCH NEXT 10 ROWS ONLY;
SELECT a FROM t LIMIT 10;
SELECT a FROM t LIMIT ALL;
SELECT * FROM (SELECT a FROM t ORDER BY b LIMIT 5) AS x WHERE a > 1;
WITH x AS (SELECT a FROM t), y (b, c) AS (SELECT a, 1 FROM x) SELECT * FROM x JOIN y ON x.a = y.b;
WITH x AS (WITH z AS (SELECT 1 AS q) SELECT q FROM z) SELECT * FROM x UNION ALL SELECT * FROM x ORDER BY q LIMIT 1;
VALUES (1, 'a'), (2, 'b');
VALUES 1, 2, 3;
SELECT * FROM (VALUES (1, CAST(NULL AS INT))) AS t (a, b);
TABLE t;
SELECT 1;
SELECT * FROM (SELECT 1 AS x) WHERE x IN (SELECT y FROM u WHERE u.z = x) AND (x, 1) NOT IN (SELECT a, b FROM v);

-- hints
SELECT /*+ STATE_TTL('a' = '1d', 'b' = '2h') */ * FROM a JOIN b ON a.x = b.x;
SELECT /*+ LOOKUP('table' = 'r', 'retry' = 'fixed'), BROADCAST(b, c) */ * FROM a;
SELECT * FROM t /*+ OPTIONS('connector' = 'x', 'scan.startup.mode' = 'earliest-offset') */ AS u WHERE a > 1;
SELECT * FROM db.t /*+ OPTIONS('k' = 'it''s') */, u /*+ OPTIONS('l' = '') */;

-- patterns
SELECT * FROM ticker MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts
  MEASURES FIRST(down.ts) AS first_ts, LAST(up.price, 1) AS p, COUNT(down.price) AS n, measures.x AS y
  ONE ROW PER MATCH
  AFTER MATCH SKIP PAST LAST ROW
  PATTERN (strt down+ up*? mid{2,5} fin?) WITHIN INTERVAL '1' HOUR
  DEFINE down AS down.price < PREV(down.price), up AS up.price > LAST(down.price, 1) AND up.volume > 10
) AS m;
SELECT m.a FROM t MATCH_RECOGNIZE (ORDER BY ts MEASURES a.id AS a AFTER MATCH SKIP TO NEXT ROW PATTERN (a b | c d) DEFINE a AS TRUE, b AS b.x = 1) m WHERE m.a > 1;
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY k, l ORDER BY ts DESC, s MEASURES FINAL LAST(b.x) AS f, RUNNING SUM(a.x) AS r ALL ROWS PER MATCH AFTER MATCH SKIP TO LAST b PATTERN (a (b c)+? d{3} e{2,}) DEFINE b AS b.x > AVG(a.x));
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY ts AFTER MATCH SKIP TO FIRST b PATTERN (^ PERMUTE(a, b) | a $) SUBSET ab = (a, b), cd = (c) DEFINE a AS a.x > 1);

-- Nexmark shapes
SELECT bid.auction, bid.price * 0.908 AS euro, bid.ts FROM bid;
SELECT auction, price FROM bid WHERE MOD(auction, 123) = 0;
SELECT p.name, p.city, p.state, a.id FROM auction AS a INNER JOIN person AS p ON a.seller = p.id WHERE a.category = 10 AND (p.state = 'or' OR p.state = 'id' OR p.state = 'ca');
SELECT q.category, AVG(q.final) FROM (SELECT MAX(b.price) AS final, a.category FROM auction a, bid b WHERE a.id = b.auction AND b.ts BETWEEN a.ts AND a.expires GROUP BY a.id, a.category) q GROUP BY q.category;
SELECT c.auction, c.num FROM (SELECT auction, COUNT(*) AS num, window_start AS ws, window_end AS we FROM TABLE(HOP(TABLE bid, DESCRIPTOR(ts), INTERVAL '2' SECOND, INTERVAL '10' SECOND)) GROUP BY auction, window_start, window_end) AS c JOIN (SELECT MAX(num) AS top, ws, we FROM (SELECT COUNT(*) AS num, window_start AS ws, window_end AS we FROM TABLE(HOP(TABLE bid, DESCRIPTOR(ts), INTERVAL '2' SECOND, INTERVAL '10' SECOND)) GROUP BY auction, window_start, window_end) GROUP BY ws, we) AS m ON c.ws = m.ws AND c.we = m.we AND c.num >= m.top;
SELECT b.auction, b.price, b.bidder, b.ts FROM bid b JOIN (SELECT MAX(price) AS top, window_end AS we FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end) m ON b.price = m.top WHERE b.ts BETWEEN m.we - INTERVAL '10' SECOND AND m.we;
SELECT p.id, p.name, p.ws FROM (SELECT id, name, window_start AS ws, window_end AS we FROM TABLE(TUMBLE(TABLE person, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY id, name, window_start, window_end) p JOIN (SELECT seller, window_start AS ws, window_end AS we FROM TABLE(TUMBLE(TABLE auction, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY seller, window_start, window_end) a ON p.id = a.seller AND p.ws = a.ws AND p.we = a.we;
SELECT id, price FROM (SELECT a.*, b.price, ROW_NUMBER() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.ts ASC) AS n FROM auction a JOIN bid b ON a.id = b.auction AND b.ts BETWEEN a.ts AND a.expires) WHERE n <= 1;
SELECT auction, 0.908 * price AS price, CASE WHEN HOUR(ts) >= 8 AND HOUR(ts) <= 18 THEN 'day' WHEN HOUR(ts) <= 6 OR HOUR(ts) >= 20 THEN 'night' ELSE 'other' END AS bid_time, count_char(extra, 'c') AS cs FROM bid WHERE 0.908 * price > 1000000 AND 0.908 * price < 50000000;
SELECT channel, DATE_FORMAT(ts, 'yyyy-MM-dd') AS d, MAX(DATE_FORMAT(ts, 'HH:mm')) AS m, COUNT(*) AS total, COUNT(*) FILTER (WHERE price < 10000) AS low, COUNT(DISTINCT bidder) FILTER (WHERE price >= 10000 AND price < 1000000) AS mid FROM bid GROUP BY channel, DATE_FORMAT(ts, 'yyyy-MM-dd');
SELECT auction, bidder, CASE WHEN LOWER(channel) = 'apple' THEN '0' ELSE REGEXP_EXTRACT(url, '(&|^)channel_id=([^&]*)', 2) END AS channel_id FROM bid WHERE REGEXP_EXTRACT(url, '(&|^)channel_id=([^&]*)', 2) IS NOT NULL OR LOWER(channel) IN ('apple', 'google', 'facebook', 'baidu');
SELECT auction, SPLIT_INDEX(url, '/', 3) AS dir1, SPLIT_INDEX(url, '/', 4) AS dir2 FROM bid;
SELECT b.auction, b.price, s.`value` FROM (SELECT *, PROCTIME() AS p_time FROM bid) b JOIN side_input FOR SYSTEM_TIME AS OF b.p_time AS s ON MOD(b.auction, 10000) = s.key;
SELECT bidder, COUNT(*), SESSION_START(ts, INTERVAL '10' SECOND), SESSION_END(ts, INTERVAL '10' SECOND) FROM bid GROUP BY bidder, SESSION(ts, INTERVAL '10' SECOND);
SELECT event_type, bid.auction, person.name, bid.extra FROM (SELECT * FROM events WHERE event_type = 2) WHERE bid.price > 0;
