-- Who sells in category 10 from Oregon, Idaho or California.
CREATE TABLE sink (name STRING, city STRING, state STRING, id BIGINT) WITH ('connector' = 'blackhole');

INSERT INTO sink
SELECT seller.name, seller.city, seller.state, item.id
FROM auction AS item
JOIN person AS seller ON seller.id = item.seller
WHERE item.category = 10 AND seller.state IN ('OR', 'ID', 'CA');
