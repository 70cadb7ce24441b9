package org.stampede.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.stampede.testing.StompSocket;

/** What a client of the second application does to see all of its parts at work, frame by frame. Stateless. */
final class ChatConversation {

    private ChatConversation() {}

    /** Says one line in a room where nobody has spoken yet: reply, session scope, topic, variable, user destination, snapshot. */
    static void saySomething(StompSocket client, String room) {
        client.text("SEND\ndestination:/app/enter\nreply-to:/temp-queue/r\ncorrelation-id:1\n\nann^@");
        assertThat(client.next().bodyText()).isEqualTo("Welcome, ann!");
        client.text("SUBSCRIBE\nid:said\ndestination:/user/queue/said\n\n^@")
                .text("SEND\ndestination:/app/room." + room + "\n\n{\"text\":\"hello\"}^@");
        assertThat(client.next().bodyText()).isEqualTo("1");
        client.text("SUBSCRIBE\nid:room\ndestination:/topic/room." + room + "\n\n^@");
        assertThat(client.next().bodyText()).isEqualTo("{\"author\":\"ann\",\"text\":\"hello\"}");
        client.text("SEND\ndestination:/app/room." + room + "\n\n{\"text\":\"again\"}^@");
        assertThat(client.next().bodyText()).isEqualTo("{\"author\":\"ann\",\"text\":\"again\"}");
        assertThat(client.next().bodyText()).isEqualTo("2");
    }
}
