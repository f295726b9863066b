package io.sabot.planner;

import org.junit.jupiter.api.Test;

class ErrorTest {
    @Test
    void anUnknownColumnIsGuessed() {
        Fixture.nexmark().assertError("SELECT auctoin FROM bid", """
                ERROR 42703: column 'auctoin' does not exist
                  line 1, column 8:  SELECT auctoin FROM bid
                                            ^^^^^^^
                  table 'bid' has auction BIGINT, bidder BIGINT, price BIGINT, dateTime TIMESTAMP(3), extra STRING
                  Hint: did you mean 'auction'?
                """);
    }

    @Test
    void anUnknownColumnOfAnAlias() {
        Fixture.nexmark().assertError("SELECT b.prise FROM bid b", """
                ERROR 42703: column 'prise' does not exist in 'b'
                  line 1, column 10:  SELECT b.prise FROM bid b
                                               ^^^^^
                  table 'bid' has auction BIGINT, bidder BIGINT, price BIGINT, dateTime TIMESTAMP(3), extra STRING
                  Hint: did you mean 'price'?
                """);
    }

    @Test
    void anUnknownTableIsGuessed() {
        Fixture.nexmark().assertError("SELECT * FROM bids", """
                ERROR 42P01: table 'bids' does not exist
                  line 1, column 15:  SELECT * FROM bids
                                                    ^^^^
                  database 'default_database' has auction, bid, events, person, print
                  Hint: did you mean 'bid'?
                """);
    }

    @Test
    void anUnknownFunctionIsGuessed() {
        Fixture.nexmark().assertError("SELECT uper('a')", """
                ERROR 42883: function UPER does not exist
                  line 1, column 8:  SELECT uper('a')
                                            ^^^^^^^^^
                  Hint: did you mean UPPER?
                """);
    }

    @Test
    void anAmbiguousColumn() {
        Fixture.nexmark().assertError("SELECT id FROM person, auction", """
                ERROR 42702: column 'id' is ambiguous
                  line 1, column 8:  SELECT id FROM person, auction
                                            ^^
                  more than one table of the query has a column of this name
                  Hint: write it with the table or alias in front: alias.id
                """);
    }

    @Test
    void textIsNoNumber() {
        Fixture.nexmark().assertError("SELECT * FROM bid WHERE auction = 'x'", """
                ERROR 42804: '=' does not take BIGINT and CHAR(1)
                  line 1, column 25:  SELECT * FROM bid WHERE auction = 'x'
                                                              ^^^^^^^^^^^^^
                  Hint: write CAST('x' AS BIGINT)
                """);
    }

    @Test
    void wrongArguments() {
        Fixture.nexmark().assertError("SELECT ABS(name) FROM person", """
                ERROR 42804: 'ABS' does not take these types: STRING
                  line 1, column 8:  SELECT ABS(name) FROM person
                                            ^^^^^^^^^
                  it takes 'ABS(<NUMERIC>)' or 'ABS(<DATETIME_INTERVAL>)'
                  Hint: convert an argument by CAST(… AS type)
                """);
    }

    @Test
    void aColumnThatIsNotGrouped() {
        Fixture.nexmark().assertError("SELECT auction, price FROM bid GROUP BY auction", """
                ERROR 42P16: 'price' is neither grouped nor aggregated
                  line 1, column 17:  SELECT auction, price FROM bid GROUP BY auction
                                                      ^^^^^
                  Hint: add it to GROUP BY, or put it into an aggregate such as MAX
                """);
    }

    @Test
    void anInsertOfAnotherType() {
        Fixture.nexmark().assertError("INSERT INTO print SELECT name, id FROM person", """
                ERROR 42804: column 'id' is BIGINT, the query gives STRING
                  line 1, column 26:  INSERT INTO print SELECT name, id FROM person
                                                               ^^^^
                  Hint: write CAST(… AS BIGINT)
                """);
    }

    @Test
    void anInsertOfTooFewColumns() {
        Fixture.nexmark().assertError("INSERT INTO print SELECT id FROM person", """
                ERROR 42804: the query gives 1 columns, table 'print' takes 2
                  line 1, column 19:  INSERT INTO print SELECT id FROM person
                                                        ^^^^^^^^^^^^^^^^^^^^^
                  it gives (id BIGINT)
                  it takes (id BIGINT, n BIGINT)
                """);
    }

    @Test
    void anInsertIntoAnUnknownColumn() {
        Fixture.nexmark().assertError("INSERT INTO print (idd) SELECT id FROM person", """
                ERROR 42703: column 'idd' does not exist
                  line 1, column 20:  INSERT INTO print (idd) SELECT id FROM person
                                                         ^^^
                  table 'print' takes id, n
                  Hint: did you mean 'id'?
                """);
    }

    @Test
    void aSinkCannotBeRead() {
        Fixture.nexmark().assertError("SELECT * FROM print", """
                ERROR 0A000: table 'print' can only be written
                  line 1, column 1:  SELECT * FROM print
                                     ^^^^^^^^^^^^^^^^^^^
                  connector 'print' reads nothing
                """);
    }

    @Test
    void windowsNeedATimeColumn() {
        Fixture.nexmark().assertError("""
                SELECT COUNT(*) FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(price), INTERVAL '1' MINUTE))
                GROUP BY window_start, window_end
                """, """
                ERROR 42804: column 'price' is no time column
                  line 1, column 46:  SELECT COUNT(*) FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(price), INTERVAL '1' MINUTE))
                                                                                   ^^^^^^^^^^^^^^^^^
                  windows need TIMESTAMP(3) or TIMESTAMP_LTZ(3), the column is BIGINT
                  Hint: declare a WATERMARK on a column of that type, or window by PROCTIME()
                """);
    }

    @Test
    void windowsNeedAWatermark() {
        Fixture.nexmark().assertError("""
                SELECT COUNT(*) FROM TABLE(TUMBLE((SELECT expires FROM auction), DESCRIPTOR(expires), INTERVAL '1' MINUTE))
                GROUP BY window_start, window_end EMIT CHANGES
                """, """
                ERROR 42P16: column 'expires' is no time attribute, so its windows never close
                  line 1, column 66:  SELECT COUNT(*) FROM TABLE(TUMBLE((SELECT expires FROM auction), DESCRIPTOR(expires), INTERVAL '1' MINUTE))
                                                                                                       ^^^^^^^^^^^^^^^^^^^
                  windows of a stream need a column with a watermark that has come unchanged from its table
                  Hint: declare WATERMARK FOR expires in CREATE TABLE, or use PROCTIME()
                """);
    }

    @Test
    void hopNeedsAMultiple() {
        Fixture.nexmark().assertError("""
                SELECT COUNT(*) FROM TABLE(HOP(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '5' SECOND))
                GROUP BY window_start, window_end
                """, """
                ERROR 22023: HOP needs a size that is a multiple of its slide
                  line 1, column 28:  SELECT COUNT(*) FROM TABLE(HOP(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '5' SECOND))
                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  5000 ms is not a multiple of 2000 ms
                """);
    }

    @Test
    void orderInsideAnAggregateIsRefused() {
        Fixture.nexmark().assertError("SELECT ARRAY_AGG(bidder ORDER BY price) FROM bid", """
                ERROR 0A000: ORDER BY inside an aggregate function is not supported
                  line 1, column 8:  SELECT ARRAY_AGG(bidder ORDER BY price) FROM bid
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  rows come in their order of arrival, and the function gives them in that order
                  Hint: leave ORDER BY out, or sort the array that it gives with ARRAY_SORT
                """);
    }

    @Test
    void orderOfAStreamIsRefused() {
        Fixture.nexmark().assertError("SELECT price FROM bid ORDER BY price EMIT CHANGES", """
                ERROR 0A000: ORDER BY over rows that keep coming has no end
                  line 1, column 32:  SELECT price FROM bid ORDER BY price EMIT CHANGES
                                                                     ^^^^^
                  only rows that just grow can be put in order as they come, by an ascending event-time column
                  Hint: order by that column first, add LIMIT to follow the first rows, or write a plain SELECT over input that ends
                """);
    }

    @Test
    void aClockInAConditionOverChangesIsRefused() {
        Fixture.nexmark()
                .assertError(
                        "SELECT n FROM (SELECT auction, COUNT(*) AS n FROM bid GROUP BY auction) WHERE RAND() < 1 EMIT CHANGES",
                        """
                ERROR 0A000: a function whose value differs each time cannot stand in a condition over rows that change
                  line 1, column 1:  SELECT n FROM (SELECT auction, COUNT(*) AS n FROM bid GROUP BY auction) WHERE RAND() < 1 EMIT CHANGES
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  a row that is taken back could be kept where it was dropped, or dropped where it was kept
                  Hint: select it as a column in a sub-query below the aggregation or join, or write a plain SELECT
                """);
    }

    @Test
    void neighboursOfNeighboursAreRefused() {
        Fixture.orders().assertError("""
                SELECT * FROM orders MATCH_RECOGNIZE (
                  PARTITION BY customer ORDER BY placed MEASURES A.id AS aid
                  PATTERN (A B) DEFINE B AS B.quantity > PREV(PREV(B.quantity))) AS m
                """, """
                ERROR 0A000: PREV of this is not supported in MATCH_RECOGNIZE
                  line 1, column 22:  SELECT * FROM orders MATCH_RECOGNIZE (
                                                           ^^^^^^^^^^^^^^^^^
                  Hint: write PREV(A.x, n), or PREV(LAST(A.x, m), n), where x is a column and n a number
                """);
    }

    @Test
    void windowPropertiesNeedTheirWindow() {
        Fixture.orders().assertError("SELECT TUMBLE_START(placed, INTERVAL '1' HOUR) FROM orders", """
                ERROR 42P16: a window property needs the window it belongs to
                  line 1, column 1:  SELECT TUMBLE_START(placed, INTERVAL '1' HOUR) FROM orders
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  Hint: write GROUP BY TUMBLE(ts, INTERVAL …), HOP or SESSION, with the same arguments
                """);
    }

    @Test
    void onWindowCloseNeedsWindows() {
        Fixture.orders()
                .assertError("SELECT customer, COUNT(*) FROM orders GROUP BY customer EMIT ON WINDOW CLOSE", """
                ERROR 0A000: this query changes rows that it has given
                  line 1, column 1:  SELECT customer, COUNT(*) FROM orders GROUP BY customer EMIT ON WINDOW CLOSE
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  EMIT ON WINDOW CLOSE gives each row once
                  Hint: aggregate over windows, or write EMIT CHANGES
                """);
    }

    @Test
    void anEndlessSourceIsRefused() {
        Fixture.sinks().assertError("SELECT * FROM endless", """
                ERROR 0A000: table 'endless' never ends, a plain SELECT over it would neither
                  line 1, column 1:  SELECT * FROM endless
                                     ^^^^^^^^^^^^^^^^^^^^^
                  connector 'datagen' makes rows without end unless 'number-of-rows' is set
                  Hint: add EMIT CHANGES or LIMIT
                """);
    }

    @Test
    void changesIntoAFileAreRefused() {
        Fixture.sinks().assertError("INSERT INTO files SELECT order_id, COUNT(*) FROM payments GROUP BY order_id", """
                ERROR 0A000: table 'files' takes only new rows, and this query changes rows that it has given
                  line 1, column 1:  INSERT INTO files SELECT order_id, COUNT(*) FROM payments GROUP BY order_id
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  connector 'filesystem' cannot write updates and deletes
                  Hint: aggregate over windows, which give each result once, or write into a table with a key
                """);
    }
}
