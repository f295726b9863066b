-- The side input never changes, so looking it up is joining it.
SELECT b.auction, b.bidder, b.price, b.`dateTime`, side.`value`
FROM bid AS b
JOIN side_input AS side ON MOD(b.auction, 10000) = side.key;
