package org.stampede.broker.relay;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Response;
import org.stampede.messaging.BrokerStatus;

/** Tells over HTTP whether the broker can be reached, for servers without MicroProfile Health. Confined to the request. */
@Path("ready")
@RequestScoped
public class ReadyResource {

    /** Where resources are. Stateless. */
    @ApplicationPath("rest")
    public static class Rest extends Application {}

    @Inject
    BrokerStatus broker;

    @GET
    public Response ready() {
        return Response.status(broker.isAvailable() ? 200 : 503).build();
    }
}
