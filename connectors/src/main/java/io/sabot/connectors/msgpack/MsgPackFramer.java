package io.sabot.connectors.msgpack;

import io.sabot.connectors.record.FieldProblem;
import io.sabot.executor.connector.RecordFramer;

/** Every value is a record. What cannot be stepped over is one with all that follows, for the decoder to complain of. */
final class MsgPackFramer implements RecordFramer {
    private final MsgPackInput input = new MsgPackInput();
    private long next;

    @Override
    public int frame(long from, long end, boolean last, long[] starts, int[] lengths, int recordsMax) {
        int count = 0;
        next = from;
        while (count < recordsMax && next < end) {
            input.open(next, (int) (end - next));
            try {
                input.skip();
            } catch (FieldProblem e) {
                if (!last) {
                    break;
                }
                input.moveTo(end);
            }
            starts[count] = next;
            lengths[count++] = (int) (input.position() - next);
            next = input.position();
        }
        return count;
    }

    @Override
    public long next() {
        return next;
    }
}
