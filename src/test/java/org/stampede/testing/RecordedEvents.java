package org.stampede.testing;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.stampede.client.ClientSession;
import org.stampede.client.SessionListener;
import org.stampede.client.StompClientException;
import org.stampede.client.StompErrorException;

/** Notes what befalls a session of the Java client, a word or two each. Thread-safe. */
public final class RecordedEvents implements SessionListener {

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    /** What has not been taken yet, oldest first. */
    public BlockingQueue<String> queue() {
        return events;
    }

    @Override
    public void onError(ClientSession session, StompErrorException error) {
        events.add("error: " + error.summary());
    }

    @Override
    public void onDisconnect(ClientSession session, StompClientException cause) {
        events.add("disconnected");
    }

    @Override
    public void onReconnect(ClientSession session) {
        events.add("reconnected");
    }

    @Override
    public void onClose(ClientSession session) {
        events.add("closed");
    }
}
