package io.sabot.planner;

import org.junit.jupiter.api.Test;

class NexmarkTest {
    @Test
    void q3() {
        Fixture.nexmark().assertPlan("""
                SELECT p.name, p.city, p.state, a.id
                FROM auction AS a
                JOIN person AS p ON a.seller = p.id
                WHERE a.category = 10 AND p.state IN ('OR', 'ID', 'CA') EMIT CHANGES
                """, """
                client-1 [name, city, state, id] | +I
                  calc-3 [name, city, state, id] | +I
                    join-1 INNER on (seller = id0) | +I | state: all rows of the input
                      exchange-1 by hash (seller) | +I
                        calc-1 [id=auction.id, seller=auction.seller] where (event_type = 1) AND (auction.category = 10) | +I
                          source-1 default_catalog.default_database.events [event_type, person.id, person.name, person.city, person.state, auction.id, auction.seller, auction.category] to its end | +I
                      exchange-2 by hash (id) | +I
                        calc-2 [id=person.id, name=person.name, city=person.city, state=person.state] where (event_type = 0) AND ((person.state = 'CA') OR (person.state = 'ID') OR (person.state = 'OR')) | +I
                          source-1 (as above)
                """);
    }

    @Test
    void q4() {
        Fixture.nexmark().assertPlan("""
                SELECT w.category, AVG(w.final)
                FROM (
                  SELECT a.category, MAX(b.price) AS final
                  FROM auction AS a
                  JOIN bid AS b ON a.id = b.auction AND b.`dateTime` BETWEEN a.`dateTime` AND a.expires
                  GROUP BY a.id, a.category
                ) AS w
                GROUP BY w.category EMIT CHANGES
                """, """
                client-1 [category, EXPR$1] | +I -U +U -D | key (category)
                  group-aggregate-2 by (category) [EXPR$1=AVG(…)] (global) | +I -U +U -D | key (category) | state: number of keys
                    exchange-4 by hash (category) | +I
                      local-aggregate-2 by (category) [EXPR$1=AVG(final)] (local) | +I
                        calc-4 [category, final] | +I -U +U -D
                          group-aggregate-1 by (id, category) [final=MAX(…)] (global) | +I -U +U -D | key (id, category) | state: number of keys
                            exchange-3 by hash (id, category) | +I
                              local-aggregate-1 by (id, category) [final=MAX(price)] (local) | +I
                                calc-3 [id, category, price] | +I
                                  join-1 INNER on (id = auction) and (dateTime0 >= dateTime) AND (dateTime0 <= expires) | +I | state: all rows of the input
                                    exchange-1 by hash (id) | +I
                                      calc-1 [id=auction.id, category=auction.category, dateTime=auction.dateTime, expires=auction.expires] where event_type = 1 | +I
                                        source-1 default_catalog.default_database.events [event_type, person.dateTime, auction.id, auction.category, auction.dateTime, auction.expires, bid.auction, bid.price, bid.dateTime] to its end | +I
                                    exchange-2 by hash (auction) | +I
                                      calc-2 [auction=bid.auction, price=bid.price, dateTime=bid.dateTime] where event_type = 2 | +I
                                        source-1 (as above)
                """);
    }

    @Test
    void q5() {
        Fixture.nexmark().assertPlan("""
                SELECT c.auction, c.num FROM (
                  SELECT auction, COUNT(*) AS num, window_start AS ws, window_end AS we
                  FROM TABLE(HOP(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
                  GROUP BY auction, window_start, window_end
                ) AS c
                JOIN (
                  SELECT MAX(n.num) AS top, n.ws, n.we
                  FROM (
                    SELECT COUNT(*) AS num, window_start AS ws, window_end AS we
                    FROM TABLE(HOP(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
                    GROUP BY auction, window_start, window_end
                  ) AS n
                  GROUP BY n.ws, n.we
                ) AS m ON c.ws = m.ws AND c.we = m.we AND c.num >= m.top
                """, """
                client-1 [auction, num] | +I
                  calc-6 [auction, num] | +I
                    window-join-1 INNER on () in windows ending at we = we0 and num >= top | +I | key (auction, ws, we) | time ws - 10 s, we, we0 | state: until the watermark closes its windows
                      exchange-3 to one task | +I | key (auction, ws, we) | time ws - 10 s, we
                        window-aggregate-1 by (auction) HOP 10 s every 2 s on $slice_end [num=COUNT(*)] (global) with start, end | +I | key (auction, ws, we) | time ws - 10 s, we | state: until the watermark closes its windows
                          exchange-1 by hash (auction) | +I | time $slice_end
                            local-window-aggregate-1 by (auction) HOP 10 s every 2 s on dateTime [num=COUNT(*)] (local) | +I | time $slice_end
                              calc-1 [auction=bid.auction, dateTime=bid.dateTime] where event_type = 2 | +I | time dateTime
                                source-1 default_catalog.default_database.events [event_type, person.dateTime, auction.dateTime, bid.auction, bid.dateTime] filter event_type = 2 rowtime CASE WHEN event_type = 0 THEN person.dateTime WHEN event_type = 1 THEN auction.dateTime ELSE bid.dateTime END watermark (CASE WHEN event_type = 0 THEN person.dateTime WHEN event_type = 1 THEN auction.dateTime ELSE bid.dateTime END) - 4 s cut late rows to its end | +I
                      exchange-4 to one task | +I | key (ws, we) | time we
                        calc-5 [top, ws, we] | +I | key (ws, we) | time we
                          window-aggregate-2 by (ws) HOP 10 s every 2 s ending at $slice_end [top=MAX(…)] (global) with end | +I | key (ws, we) | time we | state: until the watermark closes its windows
                            exchange-2 by hash (ws) | +I | time $slice_end
                              local-window-aggregate-2 by (ws) HOP 10 s every 2 s ending at we [top=MAX(num)] (local) | +I | time $slice_end
                                calc-3 [ws, we, num] | +I | time ws - 10 s, we
                                  window-aggregate-1 (as above)
                """);
    }

    @Test
    void q7() {
        Fixture.nexmark().assertPlan("""
                SELECT b.auction, b.bidder, b.price, b.`dateTime`, b.extra
                FROM bid AS b
                JOIN (
                  SELECT MAX(price) AS top, window_end AS we
                  FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND))
                  GROUP BY window_start, window_end
                ) AS m ON b.price = m.top AND b.`dateTime` BETWEEN m.we - INTERVAL '10' SECOND AND m.we
                """, """
                client-1 [auction, bidder, price, dateTime, extra] | +I | time dateTime - 10 s
                  calc-5 [auction, bidder, price, dateTime, extra] | +I | time dateTime - 10 s
                    interval-join-1 INNER on (price = top) where dateTime from we - 10 s to we | +I | time dateTime - 10 s, we | state: until the watermark passes the interval
                      exchange-2 by hash (price) | +I | time dateTime
                        calc-1 [auction=bid.auction, bidder=bid.bidder, price=bid.price, dateTime=bid.dateTime, extra=bid.extra] where event_type = 2 | +I | time dateTime
                          source-1 default_catalog.default_database.events [event_type, person.dateTime, auction.dateTime, bid.auction, bid.bidder, bid.price, bid.dateTime, bid.extra] filter event_type = 2 rowtime CASE WHEN event_type = 0 THEN person.dateTime WHEN event_type = 1 THEN auction.dateTime ELSE bid.dateTime END watermark (CASE WHEN event_type = 0 THEN person.dateTime WHEN event_type = 1 THEN auction.dateTime ELSE bid.dateTime END) - 4 s cut late rows to its end | +I
                      exchange-3 by hash (top) | +I | key (we) | time we
                        calc-4 [top, we] | +I | key (we) | time we
                          window-aggregate-1 by () TUMBLE 10 s on $slice_end [top=MAX(…)] (global) with start, end | +I | key (window_start, we) | time window_start - 10 s, we | state: until the watermark closes its windows
                            exchange-1 to one task | +I | time $slice_end
                              local-window-aggregate-1 by () TUMBLE 10 s on dateTime [top=MAX(price)] (local) | +I | time $slice_end
                                calc-2 [price=bid.price, dateTime=bid.dateTime] where event_type = 2 | +I | time dateTime
                                  source-1 (as above)
                """);
    }

    @Test
    void q8() {
        Fixture.nexmark().assertPlan("""
                SELECT p.id, p.name, p.ws
                FROM (
                  SELECT id, name, window_start AS ws, window_end AS we
                  FROM TABLE(TUMBLE(TABLE person, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND))
                  GROUP BY id, name, window_start, window_end
                ) AS p
                JOIN (
                  SELECT seller, window_start AS ws, window_end AS we
                  FROM TABLE(TUMBLE(TABLE auction, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND))
                  GROUP BY seller, window_start, window_end
                ) AS a ON p.id = a.seller AND p.ws = a.ws AND p.we = a.we
                """, """
                client-1 [id, name, ws] | +I | key (id, name, ws) | time ws - 10 s
                  calc-3 [id, name, ws] | +I | key (id, name, ws) | time ws - 10 s
                    window-join-1 INNER on (id = seller) in windows ending at we = we0 | +I | key (id, name, ws, we) | time ws - 10 s, we, ws0 - 10 s, we0 | state: until the watermark closes its windows
                      exchange-3 by hash (id) | +I | key (id, name, ws, we) | time ws - 10 s, we
                        window-aggregate-1 by (id, name) TUMBLE 10 s on dateTime [] with start, end | +I | key (id, name, ws, we) | time ws - 10 s, we | state: until the watermark closes its windows
                          exchange-1 by hash (id, name) | +I | time dateTime
                            calc-1 [id=person.id, name=person.name, dateTime=person.dateTime] where event_type = 0 | +I | time dateTime
                              source-1 default_catalog.default_database.events [event_type, person.id, person.name, person.dateTime, auction.seller, auction.dateTime, bid.dateTime] rowtime CASE WHEN event_type = 0 THEN person.dateTime WHEN event_type = 1 THEN auction.dateTime ELSE bid.dateTime END watermark (CASE WHEN event_type = 0 THEN person.dateTime WHEN event_type = 1 THEN auction.dateTime ELSE bid.dateTime END) - 4 s cut late rows to its end | +I
                      window-aggregate-2 by (seller) TUMBLE 10 s on dateTime [] with start, end | +I | key (seller, ws, we) | time ws - 10 s, we | state: until the watermark closes its windows
                        exchange-2 by hash (seller) | +I | time dateTime
                          calc-2 [seller=auction.seller, dateTime=auction.dateTime] where event_type = 1 | +I | time dateTime
                            source-1 (as above)
                """);
    }
}
