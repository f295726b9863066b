package io.sabot.sqltests.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the sessions of rows one after the other, as the rule has it: a row joins the open sessions that it touches, and makes
 * them one; a row that touches none and whose own session is over is dropped.
 */
final class Sessions {
    private final int gap;
    private final boolean byKey;
    private final List<Session> sessions = new ArrayList<>();

    Sessions(int gap, boolean byKey) {
        this.gap = gap;
        this.byKey = byKey;
    }

    /** A row's session as it is when all rows have come. */
    record Assigned(long id, long start, long end) {}

    private static final class Session {
        final @Nullable Long key;
        final List<Long> ids = new ArrayList<>();
        long start;
        long end;

        Session(@Nullable Long key, long start, long end) {
            this.key = key;
            this.start = start;
            this.end = end;
        }
    }

    /** @param watermark of the row's split before it */
    void add(long id, @Nullable Long a, long time, long watermark) {
        Session own = new Session(byKey ? a : null, time, time + gap);
        own.ids.add(id);
        List<Session> touched = sessions.stream()
                .filter(session -> session.end > watermark
                        && Objects.equals(session.key, own.key)
                        && session.start <= own.end
                        && own.start <= session.end)
                .toList();
        for (Session session : touched) {
            own.ids.addAll(session.ids);
            own.start = Math.min(own.start, session.start);
            own.end = Math.max(own.end, session.end);
        }
        if (own.end > watermark) {
            sessions.removeAll(touched);
            sessions.add(own);
        }
    }

    List<Assigned> assigned() {
        List<Assigned> assigned = new ArrayList<>();
        for (Session session : sessions) {
            session.ids.forEach(id -> assigned.add(new Assigned(id, session.start, session.end)));
        }
        return assigned;
    }
}
