package io.sabot.jdbc;

import java.sql.SQLException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a result, asked for frame by frame. Looks for the next row in {@link #hasNext} only, so that a row is given
 * as soon as it is here; an empty frame is not the end.
 */
final class RowFetcher implements Iterator<Object> {
    private final StatementControl control;
    private final int fetchSize;
    private Iterator<Object> rows;
    private volatile boolean done;
    private long offset;

    RowFetcher(StatementControl control, Meta.@Nullable Frame first, int fetchSize) {
        this.control = control;
        this.fetchSize = fetchSize;
        this.rows = first == null ? Collections.emptyIterator() : first.rows.iterator();
        this.done = first != null && first.done;
    }

    /** Whether the server has nothing left to free. */
    boolean isDone() {
        return done;
    }

    void abandon() {
        done = true;
    }

    @Override
    public boolean hasNext() {
        while (!rows.hasNext()) {
            if (done) {
                control.end();
                return false;
            }
            try {
                control.checkCancelled();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            Meta.StatementHandle handle = control.handle();
            Service.FetchResponse response = control.connection()
                    .service()
                    .apply(new Service.FetchRequest(handle.connectionId, handle.id, offset, fetchSize));
            if (response.missingStatement || response.missingResults || response.frame == null) {
                throw new ServiceFailure("24000", "ERROR 24000: the server does not know this result any more", null);
            }
            rows = response.frame.rows.iterator();
            done = response.frame.done;
        }
        return true;
    }

    @Override
    public Object next() {
        if (!rows.hasNext()) {
            throw new NoSuchElementException();
        }
        offset++;
        return rows.next();
    }
}
