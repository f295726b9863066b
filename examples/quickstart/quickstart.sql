-- Five statements over a file of sensor readings.
--
--   bin/sabot-sql -f examples/quickstart/quickstart.sql      (at the top of the source tree)

-- 1. A table is a description of where rows are; nothing is copied. The watermark makes measured_at event time.
CREATE TABLE readings (
  sensor STRING,
  celsius DOUBLE,
  measured_at TIMESTAMP(3),
  WATERMARK FOR measured_at AS measured_at - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'examples/quickstart/readings.csv', 'format' = 'csv');

-- 2. A plain SELECT answers and ends.
SELECT sensor, COUNT(*) AS readings, MAX(celsius) AS hottest FROM readings GROUP BY sensor ORDER BY sensor;

-- 3. Windows cut time into pieces.
SELECT window_start, sensor, AVG(celsius) AS mean
FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(measured_at), INTERVAL '1' MINUTE))
GROUP BY window_start, window_end, sensor
ORDER BY window_start, sensor;

-- 4. EMIT CHANGES goes on as long as its input does (a file ends). Column op says what happened to a row: +I it is new,
--    -U and +U it was and is now, -D it is gone.
SELECT sensor, MAX(celsius) AS hottest FROM readings GROUP BY sensor EMIT CHANGES;

-- 5. INSERT writes what a query finds, here to the screen.
CREATE TABLE screen (sensor STRING, celsius DOUBLE) WITH ('connector' = 'print');
INSERT INTO screen SELECT sensor, celsius FROM readings WHERE celsius > 24;
