-- Finds fraud among 200,000 card payments of one day.
--
--   bin/sabot-sql -f examples/fraud/fraud.sql
--
-- Files only: payments are made up and written to target/fraud/payments, alerts go to target/fraud/alerts.

-- 1. Where payments come from -----------------------------------------------------------------------------------------
-- 'datagen' makes up rows. With a seed, the same ones each time.

CREATE TABLE numbers (
  id BIGINT,
  card_no INT,
  shop_no INT,
  cents INT,
  delay_ms INT
) WITH (
  'connector' = 'datagen',
  'number-of-rows' = '200000',
  'rows-per-second' = '1000000',
  'scan.parallelism' = '1',        -- one file, in the order of ids
  'sabot.seed' = '42',
  'fields.id.kind' = 'sequence', 'fields.id.start' = '0', 'fields.id.end' = '199999',
  'fields.card_no.min' = '0', 'fields.card_no.max' = '4899',
  'fields.shop_no.min' = '1', 'fields.shop_no.max' = '400',
  'fields.cents.min' = '100', 'fields.cents.max' = '30000',
  'fields.delay_ms.min' = '0', 'fields.delay_ms.max' = '3000'
);

-- Fraud is planted by number. Cards from 4900 on are used by nobody else, so it is known what must be found:
--   23 payments of 5,000 or more,
--    8 cards that pay 30 times within half a minute,
--   20 cards that pay in Sydney nine minutes after they paid in Europe.
-- Four honest travellers, who fly to another city in two and a half hours, must not be found.
CREATE VIEW planted AS
SELECT
  id,
  CASE
    WHEN MOD(id, 25000) BETWEEN 6000 AND 6058 AND MOD(id, 2) = 0 THEN CAST(4900 + id / 25000 AS INT)
    WHEN MOD(id, 10000) IN (1200, 2400) THEN CAST(4920 + id / 10000 AS INT)
    WHEN MOD(id, 50000) IN (4000, 26000) THEN CAST(4950 + id / 50000 AS INT)
    ELSE card_no
  END AS card_no,
  CASE
    WHEN MOD(id, 10000) = 2400 THEN 4                                    -- Sydney
    WHEN MOD(id, 50000) = 26000 THEN CAST(MOD(id / 50000 + 3, 4) AS INT) -- the city next to home
  END AS abroad,
  CASE WHEN MOD(id, 9001) = 77 THEN 500000 + cents ELSE cents END AS cents,
  shop_no,
  delay_ms
FROM numbers;

-- 2. The payments, as a file with event time --------------------------------------------------------------------------
-- The watermark says how late a row may be: a payment reaches us up to 3 seconds after it was made, so we wait for 5.

CREATE TABLE payments (
  id BIGINT,
  card STRING,
  shop STRING,
  amount DECIMAL(10, 2),
  city STRING,
  lat DOUBLE,
  lon DOUBLE,
  paid_at TIMESTAMP(3),
  WATERMARK FOR paid_at AS paid_at - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'target/fraud/payments', 'format' = 'json');

-- An INSERT is a job. This one ends, because its source does; OVERWRITE replaces the files of the last run.
INSERT OVERWRITE payments
SELECT
  id,
  'card-' || LPAD(CAST(card_no AS STRING), 4, '0'),
  'shop-' || LPAD(CAST(shop_no AS STRING), 3, '0'),
  CAST(cents AS DECIMAL(10, 2)) / 100,
  CASE city_no WHEN 0 THEN 'Oslo' WHEN 1 THEN 'Paris' WHEN 2 THEN 'Rome' WHEN 3 THEN 'Madrid' ELSE 'Sydney' END,
  CASE city_no WHEN 0 THEN 59.91 WHEN 1 THEN 48.86 WHEN 2 THEN 41.90 WHEN 3 THEN 40.42 ELSE -33.87 END,
  CASE city_no WHEN 0 THEN 10.75 WHEN 1 THEN 2.35 WHEN 2 THEN 12.50 WHEN 3 THEN -3.70 ELSE 151.21 END,
  TIMESTAMPADD(MILLISECOND, CAST(id * 430 - delay_ms AS INT), TIMESTAMP '2026-03-01 00:00:00.000')
FROM (SELECT *, COALESCE(abroad, MOD(card_no, 4)) AS city_no FROM planted);

SELECT COUNT(*) AS payments, COUNT(DISTINCT card) AS cards, MIN(paid_at) AS first_one, MAX(paid_at) AS last_one FROM payments;

-- 3. The patterns -----------------------------------------------------------------------------------------------------

-- High amount: a filter.
CREATE VIEW high_amount AS
SELECT 'high amount' AS rule, card, paid_at, CAST(amount AS STRING) || ' in ' || city AS detail
FROM payments
WHERE amount >= 5000;

-- Velocity: ten payments or more in five minutes, looked at every minute. A window answers once, when the watermark passes
-- its end; a burst lies in five windows or more, each of which reports it.
CREATE VIEW velocity AS
SELECT
  'velocity' AS rule,
  card,
  MAX(paid_at) AS paid_at,
  CAST(COUNT(*) AS STRING) || ' payments of ' || CAST(SUM(amount) AS STRING) || ' since ' || CAST(MIN(paid_at) AS STRING) AS detail
FROM TABLE(HOP(TABLE payments, DESCRIPTOR(paid_at), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE))
GROUP BY window_start, window_end, card
HAVING COUNT(*) >= 10;

-- Impossible travel: two payments of one card in two cities, faster than any plane. The join looks back three hours
-- and no further, so what it remembers stays bounded.
CREATE VIEW impossible_travel AS
SELECT
  'impossible travel' AS rule,
  card,
  paid_at,
  from_city || ' to ' || to_city || ', ' || CAST(CAST(km AS INT) AS STRING) || ' km in ' || CAST(seconds / 60 AS STRING) || ' minutes' AS detail
FROM (
  SELECT
    b.card,
    b.paid_at,
    a.city AS from_city,
    b.city AS to_city,
    TIMESTAMPDIFF(SECOND, a.paid_at, b.paid_at) AS seconds,
    12742 * ASIN(SQRT(
      POWER(SIN(RADIANS(b.lat - a.lat) / 2), 2)
        + COS(RADIANS(a.lat)) * COS(RADIANS(b.lat)) * POWER(SIN(RADIANS(b.lon - a.lon) / 2), 2))) AS km
  FROM payments a JOIN payments b
    ON a.card = b.card AND a.paid_at BETWEEN b.paid_at - INTERVAL '3' HOUR AND b.paid_at
  WHERE a.city <> b.city
)
WHERE km / 1000 * 3600 > seconds; -- faster than 1000 km/h

-- 4. Alerts -----------------------------------------------------------------------------------------------------------
-- One job with three inputs. It ends because the file does; over a Kafka topic it would go on.

CREATE TABLE alerts (
  rule STRING,
  card STRING,
  paid_at TIMESTAMP(3),
  detail STRING
) WITH ('connector' = 'filesystem', 'path' = 'target/fraud/alerts', 'format' = 'json');

INSERT OVERWRITE alerts
SELECT * FROM high_amount
UNION ALL SELECT * FROM velocity
UNION ALL SELECT * FROM impossible_travel;

SELECT rule, COUNT(*) AS alerts, COUNT(DISTINCT card) AS cards FROM alerts GROUP BY rule ORDER BY rule;

SELECT * FROM alerts WHERE rule = 'high amount' ORDER BY paid_at LIMIT 3;
SELECT DISTINCT * FROM alerts WHERE rule = 'velocity' ORDER BY paid_at LIMIT 3;
SELECT * FROM alerts WHERE rule = 'impossible travel' ORDER BY paid_at LIMIT 3;
