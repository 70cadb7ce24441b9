package org.stampede.load;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is measured.
 *
 * @param name     as the tables say it
 * @param pid      the process whose processor time counts
 * @param endpoint where clients connect
 * @param dialect  what to say to it
 */
record Contender(String name, long pid, URI endpoint, Dialect dialect) {

    static final String TOPIC = "/topic/load";

    /** What a client says first, and what the answer to each of these has in it; none is waited for if that is empty. */
    record Greeting(String words, String answer) {}

    /** What subscribers say who have but one subscription. */
    List<Greeting> subscriber() {
        return dialect.isStomp() ? subscriber(List.of(TOPIC), "auto", 0) : List.of(new Greeting("join", "joined"));
    }

    /**
     * What subscribers say.
     *
     * @param ack  the ack mode
     * @param beat milliseconds between heart-beats, both ways
     */
    List<Greeting> subscriber(List<String> destinations, String ack, int beat) {
        var greetings = new ArrayList<Greeting>();
        greetings.add(connect(beat));
        for (int i = 0; i < destinations.size(); i++) {
            // Not every broker sends a RECEIPT for it, hence no answer is waited for.
            greetings.add(new Greeting(
                    "SUBSCRIBE\nid:sub-" + i + "\ndestination:" + destinations.get(i) + "\nack:" + ack + "\n\n\0", ""));
        }
        return greetings;
    }

    /** What the publisher says. */
    List<Greeting> publisher() {
        return dialect.isStomp() ? List.of(connect(0)) : List.of();
    }

    private static Greeting connect(int beat) {
        return new Greeting(
                "CONNECT\naccept-version:1.2\nheart-beat:" + beat + "," + beat + "\nhost:localhost\n\n\0", "CONNECTED");
    }

    /** A message as the publisher sends it. */
    String publication(String destination, String body) {
        return dialect.isStomp()
                ? "SEND\ndestination:" + destination + "\ncontent-type:application/json\ncontent-length:"
                        + body.length() + "\n\n" + body + "\0"
                : "MESSAGE\ndestination:" + destination + "\nmessage-id:m8k2j1-42\nsubscription:sub-0\n"
                        + "content-type:application/json\ncontent-length:" + body.length() + "\n\n" + body + "\0";
    }
}
