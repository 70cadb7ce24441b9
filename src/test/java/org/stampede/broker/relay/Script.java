package org.stampede.broker.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.testing.Awaited.done;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.stampede.broker.AwayException;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.testing.ScriptedServer;

/** What a {@link ScriptedServer} does that plays the broker. Stateless. */
final class Script {

    private Script() {}

    /** The next connection, let in. */
    static ScriptedServer.Call welcome(ScriptedServer server) throws Exception {
        var call = server.call();
        Frame connect = call.next();
        assertThat(connect.command()).isEqualTo(Command.CONNECT);
        assertThat(connect.header("login")).contains("guest");
        assertThat(connect.header("host")).contains("/");
        return call.say("CONNECTED\nversion:1.2\n\n^@");
    }

    /** The next connection of a node itself: it listens to its neighbours. */
    static ScriptedServer.Call welcomeSystem(ScriptedServer server) throws Exception {
        var call = welcome(server);
        Frame subscribe = expect(call, Command.SUBSCRIBE);
        assertThat(subscribe.header("destination")).contains("/topic/stampede.neighbours");
        confirm(call, subscribe);
        return call;
    }

    static Frame expect(ScriptedServer.Call call, Command command) throws Exception {
        Frame frame = call.next();
        assertThat(frame.command()).isEqualTo(command);
        return frame;
    }

    static void confirm(ScriptedServer.Call call, Frame frame) {
        call.say("RECEIPT\nreceipt-id:" + frame.header("receipt").orElseThrow() + "\n\n^@");
    }

    /** Says ERROR of a frame. */
    static void refuse(ScriptedServer.Call call, Frame frame) {
        call.say("ERROR\nmessage:not allowed\nreceipt-id:"
                + frame.header("receipt").orElseThrow() + "\n\n^@");
    }

    /** A MESSAGE for the subscription of a SUBSCRIBE, which is acknowledged by its body. */
    static void message(ScriptedServer.Call call, Frame subscribe, String destination, String body) {
        call.say("MESSAGE\nsubscription:" + subscribe.header("id").orElseThrow() + "\nmessage-id:" + body + "\nack:"
                + body + "\ndestination:" + destination + "\n\n" + body + "^@");
    }

    /** Why a frame did not get to the broker, or perhaps not. */
    static AwayException away(CompletionStage<Void> stage) throws Exception {
        try {
            done(stage);
            throw new AssertionError("Expected that the broker is away.");
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(AwayException.class);
            return (AwayException) e.getCause();
        }
    }
}
