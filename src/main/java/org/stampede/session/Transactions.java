package org.stampede.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stampede.stomp.Frame;
import org.stampede.stomp.LimitExceededException;

/**
 * The open transactions of a session (STOMP 1.2, section BEGIN): lists of frames that are held until COMMIT. Confined to its
 * session's Inbox.
 */
final class Transactions {

    private final SessionSettings settings;
    private final Map<String, List<Frame>> open = new LinkedHashMap<>();
    private long octets;

    Transactions(SessionSettings settings) {
        this.settings = settings;
    }

    void begin(String id) {
        if (open.containsKey(id)) {
            throw new ProtocolException("Transaction exists", "A transaction of this id is open already.");
        }
        if (open.size() >= settings.transactions()) {
            throw new LimitExceededException(
                    "open transactions", settings.transactions(), "transactions", "stampede.limit.transactions");
        }
        open.put(id, new ArrayList<>());
    }

    /** Holds a frame until its transaction is committed. */
    void hold(String id, Frame frame) {
        var frames = open.get(id);
        if (frames == null) {
            throw unknown();
        }
        if (frames.size() >= settings.transactionFrames()) {
            throw new LimitExceededException(
                    "frames in a transaction",
                    settings.transactionFrames(),
                    "frames",
                    "stampede.limit.transaction-frames");
        }
        if (octets + frame.weight() > settings.transactionOctets()) {
            throw new LimitExceededException(
                    "octets in open transactions",
                    settings.transactionOctets(),
                    "octets",
                    "stampede.limit.transaction-octets");
        }
        octets += frame.weight();
        frames.add(frame);
    }

    /** Ends a transaction, and returns what it held. */
    List<Frame> end(String id) {
        var frames = open.remove(id);
        if (frames == null) {
            throw unknown();
        }
        octets -= frames.stream().mapToInt(Frame::weight).sum();
        return frames;
    }

    private static ProtocolException unknown() {
        return new ProtocolException("Unknown transaction", "No transaction of this id is open; BEGIN opens one.");
    }
}
