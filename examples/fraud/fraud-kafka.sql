-- The same over Kafka: payments go to a topic, alerts come out of another. Run by run-kafka.sh behind fraud.sql, whose
-- table 'payments' it reads.

CREATE TABLE payments_topic (
  card STRING,
  amount DECIMAL(10, 2),
  city STRING,
  paid_at TIMESTAMP(3),
  WATERMARK FOR paid_at AS paid_at - INTERVAL '5' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'payments',
  'properties.bootstrap.servers' = 'localhost:9092',
  'key.format' = 'json', 'key.fields' = 'card',   -- payments of a card stay in one partition, in order
  'value.format' = 'json',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset'           -- without this line the job below would go on for ever
);

CREATE TABLE alerts_topic (
  rule STRING,
  card STRING,
  paid_at TIMESTAMP(3),
  detail STRING
) WITH (
  'connector' = 'kafka',
  'topic' = 'alerts',
  'properties.bootstrap.servers' = 'localhost:9092',
  'format' = 'json',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset'
);

INSERT INTO payments_topic SELECT card, amount, city, paid_at FROM payments;

INSERT INTO alerts_topic
SELECT 'high amount', card, paid_at, CAST(amount AS STRING) || ' in ' || city
FROM payments_topic
WHERE amount >= 5000
UNION ALL
SELECT 'velocity', card, MAX(paid_at), CAST(COUNT(*) AS STRING) || ' payments'
FROM TABLE(HOP(TABLE payments_topic, DESCRIPTOR(paid_at), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE))
GROUP BY window_start, window_end, card
HAVING COUNT(*) >= 10
UNION ALL
SELECT 'two cities', b.card, b.paid_at, a.city || ' to ' || b.city
FROM payments_topic a JOIN payments_topic b
  ON a.card = b.card AND a.paid_at BETWEEN b.paid_at - INTERVAL '30' MINUTE AND b.paid_at
WHERE a.city <> b.city;

SELECT rule, COUNT(*) AS alerts, COUNT(DISTINCT card) AS cards FROM alerts_topic GROUP BY rule ORDER BY rule;
