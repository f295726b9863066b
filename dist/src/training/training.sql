-- Run once to find out which classes a start loads; the launcher puts the distribution's folder for @HOME@.
SELECT 1;
CREATE TABLE readings (
  sensor STRING, temperature DOUBLE, at_time TIMESTAMP(3),
  WATERMARK FOR at_time AS at_time - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '@HOME@/training/readings.json', 'format' = 'json');
SHOW TABLES;
DESCRIBE readings;
SELECT window_start, sensor, COUNT(*) AS readings, AVG(temperature) AS mean
FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(at_time), INTERVAL '1' MINUTE))
WHERE temperature > 0
GROUP BY window_start, window_end, sensor
ORDER BY window_start, sensor;
SELECT sensor, MAX(temperature) FROM readings GROUP BY sensor;
CREATE TABLE printed (sensor STRING, temperature DOUBLE) WITH ('connector' = 'print');
INSERT INTO printed SELECT sensor, temperature FROM readings WHERE temperature > 20;
SELECT missing FROM readings;
