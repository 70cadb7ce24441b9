package load;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.stomp.Destination;
import io.vertx.ext.stomp.StompServer;
import io.vertx.ext.stomp.StompServerHandler;
import io.vertx.ext.stomp.StompServerOptions;
import java.util.List;

/** STOMP over WebSocket with Vert.x; {@code /queue/**} are queues, all else are topics. */
public final class VertxBroker {

    private VertxBroker() {}

    public static void main(String[] arguments) {
        var vertx = Vertx.vertx();
        var options = new StompServerOptions()
                .setPort(-1)
                .setWebsocketBridge(true)
                .setWebsocketPath("/stomp")
                .setHeartbeat(new JsonObject().put("x", 10_000).put("y", 10_000));
        var handler = StompServerHandler.create(vertx)
                .destinationFactory((v, name) ->
                        name.startsWith("/queue/") ? Destination.queue(v, name) : Destination.topic(v, name));
        var server = StompServer.create(vertx, options).handler(handler);
        vertx.createHttpServer(new HttpServerOptions()
                        .setWebSocketSubProtocols(List.of("v10.stomp", "v11.stomp", "v12.stomp")))
                .webSocketHandler(server.webSocketHandler())
                .listen(Integer.parseInt(arguments[0]), "localhost")
                .onSuccess(http -> System.out.println("Started VertxBroker"))
                .onFailure(Throwable::printStackTrace);
    }
}
