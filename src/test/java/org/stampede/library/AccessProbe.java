package org.stampede.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.testing.StompSocket;

/** What a client of the guarded chat may do, and how it is told that it may not. Stateless. */
final class AccessProbe {

    private AccessProbe() {}

    static void isDenied(StompSocket client) {
        Frame error = client.next();
        assertThat(error.command()).isEqualTo(Command.ERROR);
        assertThat(error.header("message")).contains("Access denied");
        assertThat(error.bodyText()).isEqualTo("The access rules do not allow this.\n");
        assertThat(client.closeCode()).isEqualTo(1008);
    }

    static void isNotLoggedIn(StompSocket client) {
        Frame error = client.next();
        assertThat(error.header("message")).contains("Login failed");
        assertThat(error.bodyText()).isEqualTo("The client could not be logged in.\n");
        assertThat(client.closeCode()).isEqualTo(1008);
    }

    static void hasReceipt(StompSocket client, String id) {
        assertThat(client.next()).isEqualTo(Frame.of(Command.RECEIPT, "receipt-id", id));
    }

    static void hasTheRightsOf(StompSocket client, String user, boolean moderator) {
        assertThat(client.next().header("user-name")).contains(user);
        client.text("SUBSCRIBE\nid:0\nreceipt:desk\ndestination:/topic/desk." + user + "\n\n^@");
        hasReceipt(client, "desk");
        client.text("SUBSCRIBE\nid:1\nreceipt:staff\ndestination:/topic/staff.*\n\n^@");
        if (moderator) {
            hasReceipt(client, "staff");
        } else {
            isDenied(client);
        }
    }
}
